import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  RbacAuthorizationV1Api,
} from '@kubernetes/client-node';
import { DefaultKubernetesConnection } from '../../connections/kubernetes';
import { createTestKubernetesConfig } from './createTestKubernetesConfig';
import type {
  KubernetesContractTarget,
  KubernetesContractUser,
} from './KubernetesContractTarget';

const USERS: readonly KubernetesContractUser[] = ['operator', 'viewer'];
const LABELS = { 'app.kubernetes.io/name': 'lakehouse-ops-contract' };
const IMAGE = process.env.KUBERNETES_CONTRACT_IMAGE ?? 'busybox:1.36';

/**
 * A namespace of its own on a real cluster, with two workloads and two service accounts,
 * and another one in which those may do nothing. Closing removes both.
 *
 * @public
 */
export async function openKubernetesCluster(
  kubeconfigFile: string,
): Promise<KubernetesContractTarget> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfigFile);
  const cluster = kubeConfig.getCurrentCluster();
  if (!cluster) {
    throw new Error(`${kubeconfigFile} has no current context with a cluster.`);
  }
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const namespace = `lakehouse-ops-contract-${randomBytes(4).toString('hex')}`;
  const deniedNamespace = `${namespace}-denied`;
  const directory = await mkdtemp(path.join(tmpdir(), 'lakehouse-ops-'));
  const remove = async () => {
    for (const name of [namespace, deniedNamespace]) {
      await core.deleteNamespace({ name });
    }
    await rm(directory, { recursive: true });
  };
  for (const name of [namespace, deniedNamespace]) {
    await core.createNamespace({ body: { metadata: { name } } });
  }
  try {
    const tokens = await makeUsers(kubeConfig, namespace);
    await makeWorkloads(kubeConfig, namespace);
    const caFile = cluster.caFile ?? path.join(directory, 'ca.pem');
    if (cluster.caData) {
      await writeFile(caFile, Buffer.from(cluster.caData, 'base64'));
    }
    const tls = cluster.caFile || cluster.caData ? { caFile } : {};
    const url = cluster.server;
    return {
      open: (user, overrides) =>
        DefaultKubernetesConnection.create({
          config: createTestKubernetesConfig({
            auth: { type: 'token', url, token: tokens[user], tls },
            workloads: [
              {
                namespace,
                kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
                scale: { min: 1, max: 5 },
              },
            ],
            ...overrides,
          }),
        }),
      url,
      tls,
      namespace,
      deniedNamespace,
      deployment: 'coordinator',
      statefulSet: 'worker',
      selector: 'app.kubernetes.io/name=lakehouse-ops-contract',
      close: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function makeUsers(
  kubeConfig: KubeConfig,
  namespace: string,
): Promise<Record<KubernetesContractUser, string>> {
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const rbac = kubeConfig.makeApiClient(RbacAuthorizationV1Api);
  const view = [
    {
      apiGroups: ['apps'],
      resources: ['deployments', 'statefulsets', 'daemonsets'],
      verbs: ['get', 'list'],
    },
    { apiGroups: [''], resources: ['pods', 'events'], verbs: ['list'] },
    {
      apiGroups: ['autoscaling'],
      resources: ['horizontalpodautoscalers'],
      verbs: ['list'],
    },
    {
      apiGroups: ['policy'],
      resources: ['poddisruptionbudgets'],
      verbs: ['list'],
    },
  ];
  const operate = {
    apiGroups: ['apps'],
    resources: [
      'deployments',
      'statefulsets',
      'daemonsets',
      'deployments/scale',
      'statefulsets/scale',
    ],
    verbs: ['patch'],
  };
  const tokens = { operator: '', viewer: '' };
  for (const user of USERS) {
    const metadata = { name: user };
    await core.createNamespacedServiceAccount({
      namespace,
      body: { metadata },
    });
    await rbac.createNamespacedRole({
      namespace,
      body: {
        metadata,
        rules: user === 'operator' ? [...view, operate] : view,
      },
    });
    await rbac.createNamespacedRoleBinding({
      namespace,
      body: {
        metadata,
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name: user,
        },
        subjects: [{ kind: 'ServiceAccount', name: user, namespace }],
      },
    });
    const { status } = await core.createNamespacedServiceAccountToken({
      name: user,
      namespace,
      body: { spec: { audiences: [], expirationSeconds: 3600 } },
    });
    tokens[user] = status?.token ?? '';
  }
  return tokens;
}

async function makeWorkloads(kubeConfig: KubeConfig, namespace: string) {
  const apps = kubeConfig.makeApiClient(AppsV1Api);
  const specOf = (component: string, replicas: number) => {
    const labels = { ...LABELS, 'app.kubernetes.io/component': component };
    return {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [
            { name: component, image: IMAGE, command: ['sleep', '1000000'] },
          ],
        },
      },
    };
  };
  await apps.createNamespacedDeployment({
    namespace,
    body: {
      metadata: { name: 'coordinator', labels: LABELS },
      spec: specOf('coordinator', 1),
    },
  });
  await apps.createNamespacedStatefulSet({
    namespace,
    body: {
      metadata: { name: 'worker', labels: LABELS },
      spec: { ...specOf('worker', 3), serviceName: 'worker' },
    },
  });
}
