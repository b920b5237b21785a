// The steps of `test_official_clients.py`, taken by npm telnyx 7.x.
// Arguments: folder of packages, origin, token. Prints what it saw as one JSON object.
'use strict';
const { createRequire } = require('node:module');
const [modules, origin, token] = process.argv.slice(2);
const Telnyx = createRequire(modules + '/')('telnyx');

const baseURL = `${origin}/v2`;
const client = new Telnyx({ apiKey: token, baseURL, maxRetries: 0 });
const profiles = client.outboundVoiceProfiles;
const connections = client.credentialConnections;

async function failure(call) {
  try {
    await call();
  } catch (error) {
    const errors = error.error && error.error.errors;
    return [error.constructor.name, error.status ?? null, (errors && errors[0].source) ?? null];
  }
  return null;
}

async function all(pages, member) {
  const found = [];
  for await (const one of pages) found.push(one[member]);
  return found;
}

(async () => {
  const seen = {};
  const made = (await profiles.create({ name: 'office', tags: ['a'], concurrent_call_limit: 10 })).data;
  seen.created = made;
  seen.retrieved = (await profiles.retrieve(made.id)).data;
  seen.updated = (await profiles.update(made.id, { name: 'office 2', concurrent_call_limit: null })).data;
  seen.saved = (await profiles.update(made.id, { name: 'office 3' })).data;
  for (let index = 0; index < 45; index++) {
    await profiles.create({ name: `profile ${String(index).padStart(2, '0')}` });
  }
  seen.meta = (await profiles.list({ 'page[size]': 20, sort: 'name' })).meta;
  seen.paged = await all(profiles.list({ 'page[size]': 7, sort: '-name' }), 'name');
  seen.filtered = await all(
    profiles.list({ filter: { name: { contains: 'file 1' } }, sort: 'name', 'page[size]': 4 }), 'name');
  seen.invalid = await failure(() => profiles.create({ name: '' }));
  seen.too_large_a_page = await failure(() => profiles.list({ 'page[size]': 251 }));
  seen.deleted = (await profiles.delete(made.id)).data;
  seen.gone = await failure(() => profiles.retrieve(made.id));
  const stranger = new Telnyx({ apiKey: 'wrong', baseURL, maxRetries: 0 });
  seen.stranger = await failure(() => stranger.outboundVoiceProfiles.list());

  const linked = (await connections.create({
    user_name: 'hellothere', password: 'my123secure456password789', connection_name: 'My name',
    outbound: { outbound_voice_profile_id: '1293384261075731499' },
  })).data;
  await connections.create(
    { user_name: 'another1', password: 'my123secure456password', connection_name: 'Other' });
  seen.connection = linked;
  seen.connection_retrieved = (await connections.retrieve(linked.id)).data;
  seen.connection_updated = (await connections.update(linked.id, { active: false })).data;
  seen.connections = await all(connections.list({ sort: 'connection_name' }), 'connection_name');
  seen.connections_filtered = await all(
    connections.list({ filter: { outbound_voice_profile_id: '1293384261075731499' } }), 'connection_name');
  seen.connection_deleted = (await connections.delete(linked.id)).data;
  seen.connection_gone = await failure(() => connections.retrieve(linked.id));
  console.log(JSON.stringify(seen));
})().catch((error) => { console.error(error); process.exit(1); });
