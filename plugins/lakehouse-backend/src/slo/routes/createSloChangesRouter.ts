import { randomUUID } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';
import type {
  SloCorrection,
  SloSilence,
} from '@lakehouse-ops/plugin-lakehouse-common';
import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';

import { parseRequest } from '../../routes/parseRequest';
import { objectiveOf } from './objectiveOf';
import { readSlos } from './readSlos';
import type { SloRouteContext } from './SloRouteContext';
import {
  CorrectionRequest,
  ReasonRequest,
  SilenceRequest,
} from './sloRequests';

/** What people tell about SLOs: times that don't count, and alerts that need nobody. All of it is audited. */
export function createSloChangesRouter(context: SloRouteContext): Router {
  const { access, sloAccess, alertLog } = context;
  const router = PromiseRouter();
  const json = express.json({ limit: '16kb' });

  router.post('/slos/:id/corrections', json, async (req, res) => {
    const slo = await sloAccess.requireManage(req, req.params.id);
    const told = parseRequest(CorrectionRequest, req.body ?? {});
    if (told.objective !== undefined) objectiveOf(slo, told.objective);
    const correction: SloCorrection = {
      ...told,
      id: randomUUID(),
      author: await access.caller(req),
      createdAt: new Date().toISOString(),
    };
    const { id, from, to, kind, reason } = correction;
    await access.audited(
      {
        request: req,
        eventId: 'slo-correction-add',
        meta: { slo: slo.id, correction: id, from, to, kind, reason },
      },
      () => readSlos(() => alertLog.addCorrection(slo.id, correction)),
    );
    res.status(201).json(correction);
  });

  router.delete('/slos/:id/corrections/:correction', async (req, res) => {
    const { id, correction } = req.params;
    const slo = await sloAccess.requireManage(req, id);
    const { reason } = parseRequest(ReasonRequest, req.query);
    await access.audited(
      {
        request: req,
        eventId: 'slo-correction-remove',
        meta: { slo: slo.id, correction, reason },
      },
      async () => {
        const removed = await readSlos(() =>
          alertLog.removeCorrection(slo.id, correction),
        );
        if (!removed) {
          throw new NotFoundError(
            `The SLO '${slo.id}' has no correction '${correction}'. It may have been removed already: read the SLO again.`,
          );
        }
      },
    );
    res.status(204).end();
  });

  router.post('/slos/:id/silences', json, async (req, res) => {
    const slo = await sloAccess.requireManage(req, req.params.id);
    const told = parseRequest(SilenceRequest, req.body ?? {});
    const silence: SloSilence = {
      ...told,
      id: randomUUID(),
      from: new Date().toISOString(),
      author: await access.caller(req),
    };
    const { id, until, reason } = silence;
    await access.audited(
      {
        request: req,
        eventId: 'slo-silence-add',
        meta: { slo: slo.id, silence: id, until, reason },
      },
      () => readSlos(() => alertLog.addSilence(slo.id, silence)),
    );
    res.status(201).json(silence);
  });

  router.delete('/slos/:id/silences/:silence', async (req, res) => {
    const { id, silence } = req.params;
    const slo = await sloAccess.requireManage(req, id);
    await access.audited(
      {
        request: req,
        eventId: 'slo-silence-end',
        meta: { slo: slo.id, silence },
      },
      async () => {
        const ended = await readSlos(() =>
          alertLog.endSilence(slo.id, silence),
        );
        if (!ended) {
          throw new NotFoundError(
            `The SLO '${slo.id}' has no silence '${silence}' in force. It may have ended already: read the SLO again.`,
          );
        }
      },
    );
    res.status(204).end();
  });

  return router;
}
