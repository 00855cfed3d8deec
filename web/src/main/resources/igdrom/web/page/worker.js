'use strict';
// Answers one request: the page ends this worker afterwards, which also gives its memory back.
onmessage = async event => {
  try {
    const { engine, compressed, files, requests } = event.data;
    const wasm = compressed ? decompressed(engine) : engine;
    const { exports } = await TeaVM.wasmGC.load(new Int8Array(wasm.buffer));
    postMessage({ stage: 'ready', engine: compressed ? wasm : null });
    for (const { name, bytes } of files) {
      exports.add(name, new Int8Array(bytes));
    }
    const replies = [];
    const made = [];
    for (const request of requests) {
      const started = performance.now();
      let reply;
      try {
        reply = JSON.parse(exports.answer(JSON.stringify(request)));
      } catch (e) {
        if (replies.length === 0) {
          throw e;
        }
        // What was answered so far is worth showing.
        replies.push({ reply: { error: 'igdrom failed: ' + (e && e.message || e) }, bytes: null });
        break;
      }
      reply.milliseconds = performance.now() - started;
      const file = exports.file();
      const bytes = file ? new Uint8Array(file).slice().buffer : null;
      if (bytes) {
        made.push(bytes);
        exports.add(request.output, new Int8Array(bytes));
      }
      replies.push({ reply, bytes });
      if (reply.error || (request.do === 'build' && !bytes)) {
        break;
      }
    }
    postMessage({ replies }, made);
  } catch (e) {
    postMessage({ failed: String(e && e.message || e) });
  }
};
