import {
  ApiBlueprint,
  createExtensionInput,
  createFrontendPlugin,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RunbooksClient } from '@lakehouse-ops/plugin-runbooks-common';
import {
  RunbookPickerBlueprint,
  runbookPickersApiRef,
  RunbookPickers,
  runbooksApiRef,
} from '@lakehouse-ops/plugin-runbooks-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import PlayCircleOutlineIcon from '@material-ui/icons/PlayCircleOutline';
import { hasRunbooks } from './components/EntityRunbooks/hasRunbooks';
import { entityPicker } from './pickers/entityPicker';

const rootRouteRef = createRouteRef();

const runbooksApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: runbooksApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: apis => new RunbooksClient(apis),
    }),
});

const pickersApi = ApiBlueprint.makeWithOverrides({
  name: 'pickers',
  inputs: {
    pickers: createExtensionInput([RunbookPickerBlueprint.dataRefs.picker]),
  },
  factory: (originalFactory, { inputs }) =>
    originalFactory(defineParams =>
      defineParams({
        api: runbookPickersApiRef,
        deps: {},
        factory: () =>
          RunbookPickers.create({
            pickers: [
              entityPicker,
              ...inputs.pickers.map(input =>
                input.get(RunbookPickerBlueprint.dataRefs.picker),
              ),
            ],
          }),
      }),
    ),
});

const runbooksPage = PageBlueprint.make({
  params: {
    path: '/runbooks',
    routeRef: rootRouteRef,
    title: 'Runbooks',
    icon: <PlayCircleOutlineIcon fontSize="inherit" />,
  },
});

const runsSubPage = SubPageBlueprint.make({
  name: 'runs',
  params: {
    path: 'runs',
    title: 'Runs',
    loader: () => import('./components/RunsTab').then(m => <m.RunsTab />),
  },
});

const approvalsSubPage = SubPageBlueprint.make({
  name: 'approvals',
  params: {
    path: 'approvals',
    title: 'Approvals',
    loader: () =>
      import('./components/ApprovalsTab').then(m => <m.ApprovalsTab />),
  },
});

const headerActions = PluginHeaderActionBlueprint.make({
  params: {
    loader: () =>
      import('./components/HeaderActions').then(m => <m.HeaderActions />),
  },
});

const catalogueSubPage = SubPageBlueprint.make({
  name: 'catalogue',
  params: {
    path: 'catalogue',
    title: 'Catalogue',
    loader: () =>
      import('./components/CatalogueTab').then(m => <m.CatalogueTab />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: '/runbooks',
    title: 'Runbooks',
    group: 'operation',
    icon: <PlayCircleOutlineIcon fontSize="inherit" />,
    filter: hasRunbooks,
    loader: () =>
      import('./components/EntityRunbooks').then(m => (
        <m.EntityRunbooksContent />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: hasRunbooks,
    loader: () =>
      import('./components/EntityRunbooks').then(m => <m.EntityRunbooksCard />),
  },
});

/**
 * The Runbooks plugin for apps on the new frontend system. It also provides
 * the API that the runbook buttons of other plugins use.
 *
 * @public
 */
export const runbooksPlugin = createFrontendPlugin({
  pluginId: 'runbooks',
  title: 'Runbooks',
  icon: <PlayCircleOutlineIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    runbooksApi,
    pickersApi,
    entityContent,
    entityCard,
    runbooksPage,
    headerActions,
    runsSubPage,
    approvalsSubPage,
    catalogueSubPage,
  ],
});
