export { GivenParameters } from './GivenParameters';
export { ParametersForm } from './ParametersForm';
