'use strict';
(() => {
  const MAX_SIZE = 256 * 1024 * 1024;
  const TIME_LIMIT = 120000;
  const byId = id => document.getElementById(id);

  // --- Building elements. No text is ever parsed: elements and attributes come from lists.

  const SVG = 'http://www.w3.org/2000/svg';
  const SVG_NAMES = new Set(['svg', 'rect', 'title']);
  const NAMES = new Set(['a', 'article', 'b', 'br', 'dd', 'details', 'div', 'dl', 'dt', 'h2', 'h3', 'h4',
    'li', 'p', 'pre', 'section', 'span', 'summary', 'table', 'tbody', 'td', 'th', 'thead', 'tr',
    'ul', 'button', 'fieldset', 'input', 'label', 'legend', 'optgroup', 'option', 'progress',
    'select', 'form']);
  const ATTRIBUTES = /^(class|id|role|scope|aria-[a-z]+|viewBox|preserveAspectRatio|x|y|width|height|type|for|name|value|size|placeholder|label|inputmode|spellcheck)$/;

  function element(name, attributes, ...children) {
    const svg = SVG_NAMES.has(name);
    if (!svg && !NAMES.has(name)) {
      throw new Error('unknown element ' + name);
    }
    const node = svg ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (!ATTRIBUTES.test(key)) {
        throw new Error('unknown attribute ' + key);
      }
      node.setAttribute(key, value);
    }
    node.append(...children);
    return node;
  }

  // Markup of the engine: a text is a string, an element is [name, attributes, child...]. What is
  // folded is built when it is first unfolded.
  function built(markup) {
    if (typeof markup === 'string') {
      return document.createTextNode(markup);
    }
    const [name, attributes, ...children] = markup;
    const node = element(name, attributes);
    if (name !== 'details') {
      node.append(...children.map(built));
      return node;
    }
    node.append(...children.filter(child => child[0] === 'summary').map(built));
    node.addEventListener('toggle', () => {
      node.append(...children.filter(child => child[0] !== 'summary').map(built));
    }, { once: true });
    return node;
  }

  function say(text) {
    byId('status').textContent = text;
  }

  // --- The engine, in a worker for each request.

  // As the first worker decompressed it, and before that compressed.
  let engine = null;
  let compressed = true;

  // The number of bytes, and two characters for 13 bits, or 14 where 13 would be a small value:
  // see Base91.java.
  function decoded(text) {
    const values = new Uint8Array(128);
    let next = 0;
    for (let c = 33; c < 127; c++) {
      if (c !== 38 && c !== 60 && c !== 92) {
        values[c] = next++;
      }
    }
    const bytes = new Uint8Array(parseInt(text, 10));
    let size = 0;
    let bits = 0;
    let count = 0;
    for (let at = text.indexOf(' ') + 1; size < bytes.length; at += 2) {
      const value = values[text.charCodeAt(at)] + values[text.charCodeAt(at + 1)] * 91;
      bits |= value << count;
      count += (value & 8191) > 88 ? 13 : 14;
      for (; count > 7; count -= 8) {
        bytes[size++] = bits & 255;
        bits >>>= 8;
      }
    }
    return bytes;
  }

  function engineBytes() {
    if (!engine) {
      engine = decoded(byId('engine').textContent);
    }
    return engine;
  }

  // Runs requests about files, one after the other. Returns the replies and how to cancel.
  function run(files, requests, onReady) {
    const url = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    let cancel;
    const done = new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => cancel('stopped: it took more than ' + TIME_LIMIT / 1000 + ' seconds'), TIME_LIMIT);
      const end = () => {
        clearTimeout(timer);
        worker.terminate();
      };
      cancel = reason => {
        end();
        reject(new Error(reason));
      };
      worker.onerror = event => {
        event.preventDefault();
        cancel('the engine stopped: ' + (event.message || 'it may have run out of memory'));
      };
      worker.onmessage = event => {
        if (event.data.stage) {
          if (event.data.engine) {
            engine = event.data.engine;
            compressed = false;
          }
          onReady();
        } else if (event.data.failed) {
          cancel('the engine stopped: ' + event.data.failed);
        } else {
          end();
          resolve(event.data.replies);
        }
      };
    });
    worker.postMessage({ engine: engineBytes(), compressed, files, requests });
    return { done, cancel: () => cancel('cancelled') };
  }

  // A line with progress and a button that cancels; the promise of the replies.
  function work(place, what, files, requests) {
    const seconds = element('span', { class: 'dim' });
    const stop = element('button', { type: 'button' }, 'Cancel');
    const text = element('span', {}, 'Starting the engine');
    place.replaceChildren(element('div', { class: 'working' }, text,
      element('progress', { 'aria-label': what }), seconds, stop));
    const started = Date.now();
    const clock = setInterval(() => {
      seconds.textContent = Math.round((Date.now() - started) / 1000) + ' s';
    }, 500);
    const job = run(files, requests, () => {
      text.textContent = what;
    });
    stop.addEventListener('click', job.cancel);
    return { done: job.done.finally(() => clearInterval(clock)), cancel: job.cancel };
  }

  function failure(place, message) {
    place.replaceChildren(element('section', { class: 'answer bad', role: 'alert' },
      element('p', { class: 'verdict' }, 'ERROR'),
      element('p', { class: 'statement' }, message)));
    say(message);
  }

  function save(name, bytes, type) {
    const link = element('a', {});
    link.href = URL.createObjectURL(new Blob([bytes], { type: type || 'application/octet-stream' }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  function saveButton(label, name, bytes, type) {
    const button = element('button', { type: 'button', class: 'main' }, label);
    button.addEventListener('click', () => save(name, bytes, type));
    return button;
  }

  // --- Opened files. A few are read at a time: each has a worker, with memory of its own.

  const MAX_WORKERS = 2;
  let running = 0;
  const waiting = [];

  function turn() {
    if (running < MAX_WORKERS) {
      running++;
      return Promise.resolve();
    }
    return new Promise(resolve => waiting.push(resolve));
  }

  function release() {
    if (waiting.length > 0) {
      waiting.shift()();
    } else {
      running--;
    }
  }

  const opened = [];

  // Two files may have the same name.
  function freeName(name) {
    let free = name;
    for (let i = 2; opened.some(file => file.name === free); i++) {
      free = name + ' (' + i + ')';
    }
    return free;
  }

  function open(blob) {
    const file = { name: freeName(blob.name), bytes: null, reply: null, done: false };
    opened.push(file);
    const place = element('div', {});
    const buttons = element('div', { class: 'buttons' });
    const close = element('button', { type: 'button' }, 'Close');
    close.setAttribute('aria-label', 'Close ' + file.name);
    buttons.append(close);
    const box = element('section', { class: 'opened', 'aria-label': file.name },
      element('div', { class: 'bar' }, element('h2', {}, file.name), buttons), place);
    byId('files').append(box);
    let forget = () => {};
    close.addEventListener('click', () => {
      forget();
      opened.splice(opened.indexOf(file), 1);
      box.remove();
      showMaker();
      byId('open').focus();
    });
    const setForget = cancel => {
      forget = cancel;
    };
    read(blob, file, place, buttons, setForget).finally(() => {
      file.done = true;
    });
  }

  async function read(blob, file, place, buttons, setForget) {
    if (blob.size > MAX_SIZE) {
      failure(place, file.name + ' has more than ' + MAX_SIZE / 1024 / 1024 + ' MiB: no firmware has.');
      return;
    }
    try {
      file.bytes = await blob.arrayBuffer();
    } catch (e) {
      failure(place, file.name + ' cannot be read: ' + e.message);
      return;
    }
    place.replaceChildren(element('p', { class: 'dim' }, 'Waiting'));
    say('Reading ' + file.name);
    let replies;
    try {
      await turn();
      if (!opened.includes(file)) {
        return;
      }
      const job = work(place, 'Reading ' + file.name,
        [{ name: file.name, bytes: file.bytes }], [{ do: 'open', file: file.name }]);
      setForget(job.cancel);
      replies = await job.done;
    } catch (e) {
      failure(place, file.name + ': ' + e.message);
      return;
    } finally {
      setForget(() => {});
      release();
    }
    const reply = replies[0].reply;
    if (reply.error) {
      failure(place, reply.error);
      return;
    }
    file.reply = reply;
    place.replaceChildren(...(reply.checkView || []).map(built), ...reply.view.map(built));
    const form = reply.form;
    if (form && form.outputs.length > 0) {
      place.append(outputs(file));
    }
    const report = element('button', { type: 'button' }, 'Save the report (JSON)');
    report.addEventListener('click', () =>
      save(file.name + '.json', JSON.stringify(reply.report), 'application/json'));
    buttons.prepend(report);
    const answer = place.querySelector('.answer');
    say(file.name + ': ' + (answer ? answer.innerText.replace(/\s+/g, ' ') : 'read'));
    showMaker();
  }

  function checkbox(name, value, text) {
    const input = element('input', { type: 'checkbox', name, value });
    return element('label', {}, input, element('span', {}, text));
  }

  // Switches outputs of a VBT off, and saves it.
  function outputs(file) {
    const list = element('div', { class: 'choices' });
    for (const output of file.reply.form.outputs) {
      list.append(checkbox('output', output.name, output.name + ' \u2013 ' + output.text));
    }
    const button = element('button', { type: 'button' }, 'Switch them off');
    const result = element('div', { role: 'status' });
    button.addEventListener('click', async () => {
      const names = [...list.querySelectorAll(':checked')].map(input => input.value);
      if (names.length === 0) {
        result.textContent = 'Choose the outputs that the guest must not use.';
        return;
      }
      const whole = file.reply.form.kind === 'vbt' || file.reply.form.isOpRegion;
      const output = whole ? 'edited-' + file.name : 'vbt-edited.bin';
      try {
        const [{ reply, bytes }] = await work(result, 'Editing the VBT',
          [{ name: file.name, bytes: file.bytes }],
          [{ do: 'disable', file: file.name, outputs: names, output }]).done;
        if (reply.error) {
          failure(result, reply.error);
          return;
        }
        result.replaceChildren(...reply.view.map(built),
          saveButton('Save ' + output, output, bytes));
      } catch (e) {
        failure(result, e.message);
      }
    });
    const box = element('details', {},
      element('summary', {}, 'Switch outputs of the VBT off'),
      list, element('div', { class: 'buttons' }, button), result);
    return box;
  }

  // --- The form for a ROM.

  let lastDevice = null;
  let lastFiles = '';

  function field(label, control, hint) {
    const id = 'field-' + label.toLowerCase().replace(/[^a-z]+/g, '-');
    control.id = id;
    const box = element('div', { class: 'field' }, element('label', { for: id }, label), control);
    if (hint) {
      const text = element('span', { class: 'hint', id: id + '-hint' }, hint);
      control.setAttribute('aria-describedby', id + '-hint');
      box.append(text);
    }
    return box;
  }

  function chooser(name, choices, chosen) {
    const select = element('select', { name });
    for (const [value, text] of choices) {
      const option = element('option', { value }, text);
      option.selected = value === chosen;
      select.append(option);
    }
    return select;
  }

  const withForm = test => opened.filter(file => file.reply && file.reply.form && test(file.reply.form));
  const names = files => files.map(file => [file.name, file.name]);

  function showMaker() {
    const gops = withForm(form => form.hasGop);
    const vbts = withForm(form => form.hasVbt || form.isOpRegion);
    const usable = gops.length > 0 || vbts.length > 0;
    byId('maker').hidden = !usable;
    const key = opened.map(file => file.name + !!file.reply).join('/');
    if (!usable || key === lastFiles) {
      lastFiles = key;
      return;
    }
    lastFiles = key;
    byId('made').replaceChildren();
    fillForm(gops, vbts);
  }

  function fillForm(gops, vbts) {
    const form = byId('form');
    const choices = (gops[0] || vbts[0]).reply.form;
    const labels = choices.labels;
    const snapshots = opened.filter(file => file.reply && file.reply.snapshot);
    const host = snapshots.length > 0 ? snapshots[0].reply.snapshot : null;
    const vgaBioses = withForm(one => one.hasVgaBios);

    const gop = chooser('gop', [...names(gops), ['', 'no GOP']], gops.length ? gops[0].name : '');
    const tables = vbts.filter(file => !file.reply.form.hasGop).concat(
      vbts.filter(file => file.reply.form.hasGop));
    const vbt = chooser('vbt', [...names(tables), ['', 'none: the hypervisor\u2019s OpRegion has it']],
      tables.length ? tables[0].name : '');
    const parts = element('div', { class: 'fields' },
      field('GOP from', gop), field('VBT or OpRegion from', vbt));
    if (snapshots.length > 0) {
      parts.append(field('Host', chooser('snapshot',
        [...names(snapshots), ['', 'no snapshot']], snapshots[0].name)));
    }

    const search = element('input', { type: 'search', name: 'search', spellcheck: 'false',
      placeholder: 'N100, i5-8500, UHD 770, Alder Lake or 46d1' });
    const device = element('select', { name: 'device', size: '7' });
    const hint = element('span', { class: 'hint' });
    const devices = element('div', { class: 'fields' },
      field('Search by processor, name or id', search),
      field(labels.DEVICE, device));
    devices.lastChild.classList.add('twice');
    devices.lastChild.append(hint);

    const machine = chooser('machine', [['', 'q35 and pc'],
      ...choices.machines.map(id => [id, id === 'bhyve' ? 'bhyve (FreeBSD)' : id + ' only'])], '');
    const pch = element('select', { name: 'pch' });
    const otherPch = element('input', { type: 'text', name: 'otherPch', spellcheck: 'false',
      placeholder: '8086:3481', 'aria-label': 'Id of the LPC bridge' });
    otherPch.hidden = true;
    const pchField = field(labels.LPC_BRIDGE, pch,
      'lspci -nn -s 00:1f.0 shows it on the host.');
    pchField.insertBefore(otherPch, pchField.lastChild);
    const lid = chooser('lid', [['', 'automatic'], ['open', 'open'], ['closed', 'closed']], '');
    const stolen = element('input', { type: 'text', name: 'stolenBase', spellcheck: 'false',
      placeholder: 'automatic, or such as 0x8d800000',
      value: host && host.stolenBase ? host.stolenBase : '' });
    const settings = element('div', { class: 'fields' },
      field(labels.MACHINE, machine), pchField, field(labels.LID, lid),
      field(labels.STOLEN_BASE, stolen, 'A snapshot of the host fills this in.'));

    const off = element('fieldset', {}, element('legend', {}, labels.DISABLED_OUTPUTS));
    const offList = element('div', { class: 'choices' });
    off.append(offList);

    const more = element('div', { class: 'choices' },
      checkbox('uneditedGop', '1', labels.UNEDITED_GOP),
      checkbox('embedded', '1', labels.OPREGION_SOURCE),
      checkbox('aslsAlways', '1', labels.ASLS),
      checkbox('repacked', '1', labels.REPACKED_VBT),
      checkbox('docked', '1', labels.DOCK),
      checkbox('compressed', '1', 'Compress the ROM'));
    if (vgaBioses.length > 0) {
      more.append(checkbox('vgaBios', vgaBioses[0].name, labels.VGA_BIOS));
    }
    const treatAs = element('input', { type: 'text', name: 'treatAs', spellcheck: 'false',
      placeholder: '8086:46d1' });
    const allowed = element('fieldset', {}, element('legend', {}, labels.ALLOW),
      element('div', { class: 'choices' },
        ...choices.conflicts.map(conflict => checkbox('allowed', conflict.id, conflict.text))));
    const rest = element('details', {}, element('summary', {}, 'More choices'),
      element('div', { class: 'fields' },
        field(labels.TREAT_AS, treatAs, 'For a device that igdrom does not know.')),
      more, allowed);

    const output = element('input', { type: 'text', name: 'output', value: 'igd.rom',
      spellcheck: 'false' });
    const make = element('button', { type: 'submit', class: 'main' }, 'Make the ROM');
    form.replaceChildren(parts, devices, settings, off, rest,
      element('div', { class: 'fields' }, field('File name', output)),
      element('div', { class: 'buttons' }, make));

    const chosenForm = name => {
      const file = opened.find(one => one.name === name);
      return file && file.reply ? file.reply.form : null;
    };

    function fillDevices() {
      const from = chosenForm(gop.value) || choices;
      const words = search.value.toLowerCase().split(/[\s,]+/).filter(word => word);
      const compact = text => text.toLowerCase().replace(/[^a-z0-9]/g, '');
      const fits = one => {
        const text = [one.id, one.platform, one.name || '', one.processors].join(' ');
        return words.every(word =>
          text.toLowerCase().includes(word) || compact(text).includes(compact(word) || ' '));
      };
      const groups = [
        ['Listed by this GOP', from.devices.filter(one => one.listed && fits(one))],
        [from.listed.length ? 'Not listed by this GOP' : 'All devices',
          from.devices.filter(one => !one.listed && (words.length > 0 || !from.listed.length) && fits(one))]];
      const wanted = lastDevice || (host && host.device);
      device.replaceChildren();
      for (const [label, list] of groups) {
        if (list.length > 0) {
          const group = element('optgroup', { label });
          for (const one of list) {
            const option = element('option', { value: one.id },
              one.id + '  ' + one.platform + (one.name ? ', ' + one.name : ''));
            option.selected = one.id === wanted;
            group.append(option);
          }
          device.append(group);
        }
      }
      const typed = search.value.trim().toLowerCase().match(/^(?:8086:)?([0-9a-f]{4})$/);
      if (device.options.length === 0 && typed) {
        device.append(element('option', { value: '8086:' + typed[1] },
          '8086:' + typed[1] + '  not known to igdrom'));
      }
      if (device.selectedIndex < 0 && (device.options.length === 1 || words.length > 0)) {
        device.selectedIndex = device.options.length > 0 ? 0 : -1;
      }
      describeDevice();
    }

    function describeDevice() {
      const from = chosenForm(gop.value) || choices;
      const one = from.devices.find(each => each.id === device.value);
      const found = device.options.length;
      if (!one) {
        hint.textContent = found === 0 ? 'No device fits. lspci -nn -s 02.0 shows the id on the host.'
          : found + ' devices; choose yours. lspci -nn -s 02.0 shows the id on the host.';
      } else {
        const list = one.processors;
        hint.textContent = list ? 'In ' + (list.length > 160 ? list.slice(0, 160) + '\u2026' : list)
          : 'No processor with it was seen.';
      }
      const usual = host && host.pch ? host.pch + ', the host\u2019s' : one && one.usualPch;
      const before = pch.value;
      pch.replaceChildren(element('option', { value: '' },
        'automatic' + (usual ? ': ' + usual : '')));
      for (const each of choices.pchs) {
        const range = '8086:' + each.first + (each.first === each.last ? '' : ' to ' + each.last);
        pch.append(element('option', { value: each.id }, (each.name ? each.name + ', ' : '') + range));
      }
      pch.append(element('option', { value: 'other' }, 'another id'));
      pch.value = before;
    }

    function fillOutputs() {
      const from = chosenForm(vbt.value);
      const list = from ? from.outputs : [];
      off.hidden = list.length === 0;
      offList.replaceChildren(...list.map(one =>
        checkbox('disabledOutputs', one.name, one.name + ' \u2013 ' + one.text)));
    }

    search.addEventListener('input', fillDevices);
    search.addEventListener('keydown', event => {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        device.focus();
      } else if (event.key === 'Enter') {
        event.preventDefault();
      }
    });
    device.addEventListener('change', () => {
      lastDevice = device.value;
      describeDevice();
    });
    pch.addEventListener('change', () => {
      otherPch.hidden = pch.value !== 'other';
    });
    gop.addEventListener('change', fillDevices);
    vbt.addEventListener('change', fillOutputs);
    fillDevices();
    fillOutputs();
  }

  // The request that the form expresses: what is automatic is left out.
  function request(form) {
    const value = name => form.elements[name] ? form.elements[name].value.trim() : '';
    const isSet = name => !!form.elements[name] && form.elements[name].checked;
    const all = name => [...form.querySelectorAll('[name=' + name + ']:checked')].map(one => one.value);
    const parts = {};
    const file = name => opened.find(one => one.name === name);
    const gop = file(value('gop'));
    const vbt = file(value('vbt'));
    if (gop && gop === vbt && !gop.reply.form.isOpRegion) {
      parts.firmware = gop.name;
    } else {
      if (gop) {
        parts.gop = gop.name;
      }
      if (vbt) {
        parts[vbt.reply.form.isOpRegion ? 'opRegion' : 'vbt'] = vbt.name;
      }
    }
    if (file(value('snapshot'))) {
      parts.snapshot = value('snapshot');
    }
    if (isSet('vgaBios')) {
      parts.vgaBios = form.elements.vgaBios.value;
    }
    const made = { do: 'build', output: value('output') || 'igd.rom', parts,
      withoutGop: !gop, disabledOutputs: all('disabledOutputs'), allowed: all('allowed') };
    const texts = { device: value('device'), treatAs: value('treatAs'), machine: value('machine'),
      pch: value('pch') === 'other' ? value('otherPch') : value('pch'),
      stolenBase: value('stolenBase') };
    for (const [name, text] of Object.entries(texts)) {
      if (text) {
        made[name] = text;
      }
    }
    if (value('lid')) {
      made.lidOpen = value('lid') === 'open';
    }
    for (const name of ['uneditedGop', 'embedded', 'aslsAlways', 'repacked', 'docked', 'compressed']) {
      if (isSet(name)) {
        made[name] = true;
      }
    }
    return made;
  }

  async function make(event) {
    event.preventDefault();
    const place = byId('made');
    const wanted = request(byId('form'));
    const names = new Set(Object.values(wanted.parts));
    const files = opened.filter(file => names.has(file.name))
      .map(file => ({ name: file.name, bytes: file.bytes }));
    const check = { do: 'verify', file: wanted.output };
    if (wanted.device) {
      check.device = wanted.device;
    }
    const config = { do: 'config', file: wanted.output };
    if (wanted.parts.snapshot) {
      config.snapshot = wanted.parts.snapshot;
    }
    say('Making ' + wanted.output);
    try {
      const replies = await work(place, 'Making ' + wanted.output, files, [wanted, check, config]).done;
      const { reply, bytes } = replies[0];
      if (reply.error) {
        failure(place, reply.error);
        return;
      }
      place.replaceChildren(...reply.view.map(built));
      if (bytes) {
        const answer = place.querySelector('.answer');
        answer.append(element('div', { class: 'buttons' },
          saveButton('Save ' + wanted.output, wanted.output, bytes)));
        const verdict = replies[1].reply;
        if (replies[2] && replies[2].reply.error) {
          place.append(element('p', { class: 'bad' }, replies[2].reply.error));
        }
        const guests = replies[2] ? replies[2].reply.configurations || [] : [];
        for (const guest of guests) {
          place.append(built(['details', {}, ['summary', {}, guest.title], ...guest.view]));
        }
        place.append(element('h3', {}, 'Checked'),
          ...(verdict.error ? [element('p', { class: 'bad' }, verdict.error)] : verdict.view.map(built)));
      }
      place.focus();
      say(place.querySelector('.answer').innerText.replace(/\s+/g, ' '));
    } catch (e) {
      failure(place, e.message);
    }
  }

  // --- Start.

  // A module with a structure type: https://webassembly.github.io/gc/core/binary/types.html
  const GC = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 95, 1, 120, 0]);

  function start() {
    if (typeof WebAssembly !== 'object' || !WebAssembly.validate(GC)) {
      byId('unsupported').hidden = false;
      return;
    }
    byId('tool').hidden = false;
    byId('open').addEventListener('change', event => {
      [...event.target.files].forEach(open);
      event.target.value = '';
    });
    byId('form').addEventListener('submit', make);
    const drop = byId('drop');
    const dragged = event => {
      event.preventDefault();
      drop.classList.toggle('over', event.type === 'dragover');
    };
    for (const type of ['dragover', 'dragleave', 'drop']) {
      document.addEventListener(type, dragged);
    }
    document.addEventListener('drop', event => [...event.dataTransfer.files].forEach(open));
  }

  window.igdrom = { run, opened };
  start();
})();
