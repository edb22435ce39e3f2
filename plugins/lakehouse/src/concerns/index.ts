export * from './cacheConcerns';
export * from './Concern';
export * from './ConcernTable';
export * from './dashboardConcerns';
export * from './trinoConcerns';
export * from './useConcerns';
export * from './workloadConcerns';
