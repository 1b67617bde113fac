import { useState } from 'react';
import { Link, NavLink } from 'react-router-dom';
import { formatCount } from '../app/format';
import { AddLibrary } from './AddLibrary';
import { useLibraries } from './useLibraries';
import './libraries.css';

export function Sidebar() {
  const [adding, setAdding] = useState(false);
  const libraries = useLibraries();
  return (
    <nav className="sidebar" aria-label="Libraries">
      <Link to="/" className="brand">
        <img src="./icon.svg" alt="" width="28" height="28" /> ImageLibrary
      </Link>
      {/* Above the list, which must not push it away from under the pointer when it comes. */}
      <button type="button" className="primary" onClick={() => setAdding(true)}>
        Add library
      </button>
      <NavLink to="/" end className="library-link">
        All libraries
      </NavLink>
      {libraries.data?.items.map((library) => (
        <NavLink key={library.id} to={`/libraries/${library.id}`} className="library-link" title={library.rootPath}>
          <span>{library.name}</span>
          <small>{formatCount(library.imageCount)}</small>
        </NavLink>
      ))}
      {libraries.isError && <p className="error">{libraries.error.message}</p>}
      {adding && <AddLibrary onClose={() => setAdding(false)} />}
    </nav>
  );
}
