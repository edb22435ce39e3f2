import { Route, Routes } from 'react-router-dom';
import { RunPage } from './RunPage/RunPage';
import { RunsList } from './RunsList/RunsList';

/** The list of runs, and under it the page of each. */
export function RunsRoutes() {
  return (
    <Routes>
      <Route path="/" element={<RunsList />} />
      <Route path="/:runId" element={<RunPage />} />
    </Routes>
  );
}
