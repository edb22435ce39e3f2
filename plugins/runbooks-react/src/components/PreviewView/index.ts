export { PreviewView } from './PreviewView';
export { PreviewSteps } from './PreviewSteps';
export { WholePreview } from './WholePreview';
