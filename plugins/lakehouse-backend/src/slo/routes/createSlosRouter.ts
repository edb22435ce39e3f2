import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';

import { parseRequest } from '../../routes/parseRequest';
import { objectiveOf } from './objectiveOf';
import { readEntity } from './readEntity';
import { readSlos } from './readSlos';
import type { SloRouteContext } from './SloRouteContext';
import {
  EntityRequest,
  ExportRequest,
  SloRangeRequest,
  SlosRequest,
  WhatIfRequest,
} from './sloRequests';

/** What SLOs tell: `GET /slos`, `/entity-slos`, `/slo-proposals` and all below `/slos/:id`. */
export function createSlosRouter(context: SloRouteContext): Router {
  const { sloAccess, views, history, spenders, whatIf, proposals } = context;
  const router = PromiseRouter();

  router.get('/slos', async (req, res) => {
    const request = parseRequest(SlosRequest, req.query);
    const connections = await sloAccess.connections({ request: req });
    res.json(await readSlos(() => views.list({ ...request, connections })));
  });

  router.get('/entity-slos', async (req, res) => {
    const { entityRef } = parseRequest(EntityRequest, req.query);
    const connections = await sloAccess.connections({ request: req });
    const manageable = await sloAccess.manageable(
      { request: req },
      connections,
    );
    res.json(
      await readSlos(() =>
        views.ofEntity(entityRef, { connections, manageable }),
      ),
    );
  });

  router.get('/slo-proposals', async (req, res) => {
    const { entityRef } = parseRequest(EntityRequest, req.query);
    const connections = await sloAccess.connections({ request: req });
    const entity = await readEntity(
      context.catalog,
      entityRef,
      await context.access.credentials(req),
    );
    const items = await readSlos(() =>
      proposals.ofEntity(entity, { connections }),
    );
    res.json({ items });
  });

  router.get('/slos/:id', async (req, res) => {
    const slo = await sloAccess.requireRead(req, req.params.id);
    const mayManage = await sloAccess.mayManage({ request: req }, slo);
    res.json(await readSlos(() => views.one(slo, { mayManage })));
  });

  router.get('/slos/:id/history', async (req, res) => {
    const slo = await sloAccess.requireRead(req, req.params.id);
    const range = parseRequest(SloRangeRequest, req.query);
    res.json(await readSlos(() => history.read(slo, range)));
  });

  router.get('/slos/:id/spenders', async (req, res) => {
    const slo = await sloAccess.requireRead(req, req.params.id);
    const range = parseRequest(SloRangeRequest, req.query);
    res.json(await readSlos(() => spenders.read(slo, range)));
  });

  router.get('/slos/:id/what-if', async (req, res) => {
    const slo = await sloAccess.requireRead(req, req.params.id);
    const change = parseRequest(WhatIfRequest, req.query);
    const objective = objectiveOf(slo, change.objective);
    res.json(await readSlos(() => whatIf.read(slo, { ...change, objective })));
  });

  router.get('/slos/:id/export', async (req, res) => {
    const slo = await sloAccess.requireRead(req, req.params.id);
    const { format } = parseRequest(ExportRequest, req.query);
    // What can't be exported is answered as an error, not as a file.
    const text = context.exportSlo(slo, format);
    res
      .attachment(`${slo.definition.name}.${format}.yaml`)
      .type('application/yaml')
      .send(text);
  });

  return router;
}
