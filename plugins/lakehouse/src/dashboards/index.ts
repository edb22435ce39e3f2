export * from './alertLooks';
export * from './alertsOf';
export * from './dashboardActions';
export * from './DashboardsOfTable';
export * from './DashboardsSection';
export * from './findDashboard';
export * from './useDashboards';
