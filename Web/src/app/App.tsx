import { Navigate, Route, Routes } from 'react-router-dom';
import { CollectionPage } from '../collections/CollectionPage';
import { CollectionsPage } from '../collections/CollectionsPage';
import { JobPage } from '../jobs/JobPage';
import { OpenJobs } from '../jobs/OpenJobs';
import { useJobEvents } from '../jobs/useJobEvents';
import { Sidebar } from '../libraries/Sidebar';
import './shell.css';

export function App() {
  const connected = useJobEvents();
  return (
    <div className="shell">
      <Sidebar />
      <div className="content">
        {!connected && (
          <p role="status" className="disconnected">
            The server does not answer. This page goes on by itself when it is back.
          </p>
        )}
        <OpenJobs />
        <Routes>
          <Route path="/" element={<CollectionsPage />} />
          <Route path="/libraries/:libraryId" element={<CollectionsPage />} />
          <Route path="/collections/:collectionId" element={<CollectionPage />} />
          <Route path="/jobs/:jobId" element={<JobPage />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </div>
    </div>
  );
}
