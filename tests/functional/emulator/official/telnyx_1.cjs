// What npm telnyx 1.27 can do with the operations of the description: its brackets are not encoded.
// Arguments: folder of packages, host, port, token. Prints what it saw as one JSON object.
'use strict';
const { createRequire } = require('node:module');
const [modules, host, port, token] = process.argv.slice(2);
const telnyx = createRequire(modules + '/')('telnyx-1')(token);
telnyx.setHost(host, port, 'http');
telnyx.setTelemetryEnabled && telnyx.setTelemetryEnabled(false);

async function failure(call) {
  try {
    await call();
  } catch (error) {
    const raw = error.raw || {};
    return [error.type ?? error.name, raw.statusCode ?? null, (raw.errors && raw.errors[0].source) ?? null];
  }
  return null;
}

(async () => {
  const seen = {};
  const profiles = telnyx.outboundVoiceProfiles;
  const connections = telnyx.credentialConnections;
  const listed = await profiles.list({ page: { size: 2, number: 2 }, sort: 'name' });
  seen.names = listed.data.map((p) => p.name);
  seen.meta = listed.meta;
  seen.filtered = (await profiles.list({ filter: { name: { contains: 'file 1' } } })).data.map((p) => p.name);
  seen.retrieved = (await profiles.retrieve(listed.data[0].id)).data.name;
  seen.gone = await failure(() => profiles.retrieve('1293384261075731499'));
  seen.too_large_a_page = await failure(() => profiles.list({ page: { size: 251 } }));
  const made = (await connections.create({
    user_name: 'hellothere', password: 'my123secure456password789', connection_name: 'My name',
  })).data;
  seen.connection = made;
  seen.connection_retrieved = (await connections.retrieve(made.id)).data;
  seen.connection_updated = (await connections.update(made.id, { active: false })).data;
  seen.connections = (await connections.list()).data.map((c) => c.connection_name);
  seen.connection_deleted = (await connections.del(made.id)).data;
  seen.connection_gone = await failure(() => connections.retrieve(made.id));
  console.log(JSON.stringify(seen));
})().catch((error) => { console.error(error); process.exit(1); });
