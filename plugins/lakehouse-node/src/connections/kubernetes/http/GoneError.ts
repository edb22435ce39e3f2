import { CustomErrorBase } from '@backstage/errors';

/** A page of a list is not kept any more by the API server (410). */
export class GoneError extends CustomErrorBase {}
