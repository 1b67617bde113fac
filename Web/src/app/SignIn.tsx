import { useState } from 'react';
import { signIn } from '../api/session';

export function SignIn({ wasRefused }: { wasRefused: boolean }) {
  const [token, setToken] = useState('');
  const [refused, setRefused] = useState(wasRefused);
  return (
    <main className="sign-in">
      <h1>ImageLibrary</h1>
      <p>
        Open the address that <code>imagelibrary serve</code> printed, or paste the token from the file{' '}
        <code>admin-token</code> in the data folder.
      </p>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (await signIn(token.trim())) {
            location.reload();
          } else {
            setRefused(true);
          }
        }}
      >
        <input
          aria-label="Token"
          type="password"
          value={token}
          onChange={(event) => setToken(event.target.value)}
          autoFocus
        />
        <button className="primary" type="submit" disabled={token.trim() === ''}>
          Sign in
        </button>
      </form>
      {refused && <p role="alert" className="error">This token was not accepted.</p>}
    </main>
  );
}
