export * from './BudgetBar';
export * from './BudgetSparkline';
export * from './BurnRates';
