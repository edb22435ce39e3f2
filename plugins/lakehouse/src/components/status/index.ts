export * from './healthOrder';
export * from './QueryStateMark';
export * from './ScoreRing';
export * from './StatusMark';
