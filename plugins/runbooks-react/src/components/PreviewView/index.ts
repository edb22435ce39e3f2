export { PreviewView } from './PreviewView';
export { PreviewSteps } from './PreviewSteps';
