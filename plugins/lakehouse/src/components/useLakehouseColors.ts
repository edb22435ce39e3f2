import { useTheme } from '@material-ui/core/styles';

/** Colours that mean something. All text colours reach 4.5:1 on paper. */
export interface LakehouseColors {
  readonly healthy: string;
  readonly atRisk: string;
  readonly breached: string;
  readonly unknown: string;
  /** The one accent: what is now. */
  readonly accent: string;
  readonly muted: string;
  readonly grid: string;
  readonly text: string;
  readonly paper: string;
  readonly hatch: string;
  readonly free: string;
  /** For series that have no meaning of their own; told apart without red and green. */
  readonly series: readonly string[];
}

const LIGHT: LakehouseColors = {
  healthy: '#1b6e3c',
  atRisk: '#8f5400',
  breached: '#b3261e',
  unknown: '#5c6570',
  accent: '#1f5fbf',
  muted: '#b8c0ca',
  grid: '#e3e7ec',
  text: '#4a525c',
  paper: '#ffffff',
  hatch: '#9aa3ae',
  free: '#e6eaef',
  series: ['#1f5fbf', '#0f8b8d', '#b06a00', '#7a4fb5', '#a83e7d', '#6b7785'],
};

const DARK: LakehouseColors = {
  healthy: '#74cf94',
  atRisk: '#f2b95a',
  breached: '#ff8f86',
  unknown: '#a9b2bd',
  accent: '#82b4ff',
  muted: '#5d6671',
  grid: '#4b4b4b',
  text: '#c4cad1',
  paper: '#424242',
  hatch: '#8a939e',
  free: '#555a61',
  series: ['#82b4ff', '#5fd0d0', '#f2b95a', '#bfa0f0', '#f09ac6', '#a9b2bd'],
};

/** The colours of the app's theme, light or dark. */
export function useLakehouseColors(): LakehouseColors {
  return useTheme().palette.type === 'dark' ? DARK : LIGHT;
}
