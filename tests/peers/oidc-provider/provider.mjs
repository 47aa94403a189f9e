// A certified OpenID provider, set to want everything that this project's phone can do: PKCE, pushed requests, tokens
// bound to a key with the provider's nonce in each proof, and refresh tokens that rotate.
//
// Usage: node provider.mjs ISSUER ACCOUNT
//
// Whoever comes is signed in as ACCOUNT and consents: what is tried here is the protocol, not the pages. It listens on
// a free port of this machine and prints it; `POST /rotate` gives it new signing keys.

import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

import { Provider } from 'oidc-provider';

const [issuer, account] = process.argv.slice(2);
if (!account) throw new Error('usage: node provider.mjs ISSUER ACCOUNT');

const nonceSecret = randomBytes(32);
const cookieKeys = [randomBytes(32).toString('hex')];

function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: randomUUID() };
}

// What the provider has given out. It is the process's, so that it stays good when the keys are new.
const given = new Map();

class Memory {
  constructor(model) {
    this.model = model;
  }

  key = (id) => `${this.model}:${id}`;
  upsert = async (id, payload) => void given.set(this.key(id), payload);
  find = async (id) => given.get(this.key(id));
  findByUid = async (uid) => [...given.values()].find((payload) => payload.uid === uid);
  consume = async (id) => void (given.get(this.key(id)).consumed = Math.floor(Date.now() / 1000));
  destroy = async (id) => void given.delete(this.key(id));

  async revokeByGrantId(grantId) {
    for (const [key, payload] of given) if (payload.grantId === grantId) given.delete(key);
  }
}

// A provider with new keys.
function open() {
  const provider = new Provider(issuer, {
    adapter: Memory,
    clients: [{
      client_id: 'citizen-app',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
    }],
    jwks: { keys: [signingKey()] },
    cookies: { keys: cookieKeys },
    scopes: ['openid', 'profile', 'citizen'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'], dPoPSigningAlgValues: ['ES256'] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_, interaction) => `/op/interaction/${interaction.uid}` },
    routes: {
      authorization: '/op/auth',
      token: '/op/token',
      jwks: '/op/jwks',
      userinfo: '/op/userinfo',
      revocation: '/op/revocation',
      end_session: '/op/end',
      pushed_authorization_request: '/op/par',
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true, nonceSecret, requireNonce: () => true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      revocation: { enabled: true },
      rpInitiatedLogout: { enabled: true },
    },
  });
  provider.on('server_error', (_, error) => console.error(error));
  return provider;
}

// Signs in and consents, a step at a time, as the pages would.
async function interact(provider, request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: account } });
  }
  const known = grantId && await provider.Grant.find(grantId);
  const grant = known || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

let provider = open();

const server = createServer(async (request, response) => {
  try {
    if (request.method === 'POST' && request.url === '/rotate') {
      provider = open();
      response.writeHead(204).end();
    } else if (request.url.startsWith('/op/interaction/')) {
      await interact(provider, request, response);
    } else {
      await provider.callback()(request, response);
    }
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
// Whoever started it has gone.
process.stdin.resume().on('end', () => process.exit(0));
