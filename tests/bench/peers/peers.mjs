// Alongside's engine beside two others on the same made-up forms, in the same run.
//
//   node peers.mjs BENCH    BENCH: the program tests/bench/bench, which makes the forms and measures itself
//
// The forms come from BENCH as YAML and are put into each engine's own words: SurveyJS's JSON, ODK's XForm. Each engine
// loads the form once and then takes the same answers, one person's, one after the other, with all that hangs on them
// worked out; a question that is not asked is not answered. What differs and cannot be helped: Alongside's answers go through its JSON line, its rules and its
// comparison of two people besides; ODK's engine keeps a DOM and reactive views of it, SurveyJS its own models.

import { execFileSync } from 'node:child_process';
import YAML from 'yaml';

const bench = process.argv[2];
const ANSWERS = 400;

const forms = [
  { kind: 'plain', size: 100 },
  { kind: 'plain', size: 1000 },
  { kind: 'repeat', size: 20 },
  { kind: 'filter', size: 1000 },
];

// The same numbers as the program's made_up().
function numbers() {
  let state = 1;
  return below => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % below;
  };
}

function share(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

// What is answered: [question, entry or null, value] by form.
function* answers(kind, size) {
  const next = numbers();
  for (let i = 0; i < ANSWERS; i++) {
    if (kind === 'plain') {
      const q = next(size);
      yield [`q${q}`, null, 1 + next(5)];
    } else if (kind === 'repeat') {
      const q = next(10), entry = next(size);
      yield [`q${q}`, entry, 1 + next(5)];
    } else {
      yield ['county', null, `c${i % 10}`];
    }
  }
}

function questionsOf(form) {
  return form.sections.flatMap(section => section.questions);
}

async function measure(load, answer, kind, size) {
  let start = performance.now();
  const engine = await load();
  const loaded = performance.now() - start;
  const took = [];
  for (const one of answers(kind, size)) {
    start = performance.now();
    answer(engine, ...one);
    took.push(performance.now() - start);
  }
  took.sort((a, b) => a - b);
  return { load: loaded, p50: share(took, 0.5), p99: share(took, 0.99), check: engine.check() };
}

// ---- SurveyJS ----

const survey = await (async () => {
  const { Model } = await import('survey-core');
  const expression = text => text.replace(/\$\{(\w+)\}/g, '{$1}');
  const inPanel = text => text.replace(/\$\{(\w+)\}/g, '{panel.$1}');
  // Here what is hidden keeps its value, and it is not to count.
  const sum = (text, rename, relevant) => text.split(' + ').map(each => {
    const [, reference, plain] = /^coalesce\((\$\{(\w+)\}), 0\)$/.exec(each), name = rename(reference);
    const shown = relevant.get(plain);
    return `iif(${name} notempty${shown ? ` and ${rename(shown)}` : ''}, ${name}, 0)`;
  }).join(' + ');
  function element(q, rename, relevant) {
    const label = q.label?.service_user ?? q.label;
    if (q.type === 'calculate')
      return { type: 'expression', name: q.name, expression: sum(q.calculation, rename, relevant) };
    if (q.type === 'select_one')
      return { type: 'dropdown', name: q.name, title: label, choices: [] };
    return {
      type: 'rating', name: q.name, title: label, rateMax: 5,
      ...(q.relevant ? { visibleIf: rename(q.relevant) } : {}),
    };
  }
  return async (form, kind, size) => {
    const json = { elements: [] };
    const relevant = new Map(questionsOf(form).flatMap(q => q.questions ?? [q]).map(q => [q.name, q.relevant]));
    for (const q of questionsOf(form)) {
      if (q.type === 'repeat') {
        json.elements.push({
          type: 'paneldynamic', name: q.name, panelCount: size, maxPanelCount: 1000,
          templateElements: q.questions.map(inner => element(inner, inPanel, relevant)),
        });
      } else if (kind === 'repeat') {
        json.elements.push({
          type: 'expression', name: q.name,
          expression: q.name === 'all' ? "sumInArray({entries}, 'own')" : "countInArray({entries}, 'q0', {q0} > 3)",
        });
      } else {
        const e = element(q, expression, relevant);
        if (q.type === 'select_one')
          e.choices = form.choices[q.choices].map(c => ({
            value: c.name, text: c.label, ...(c.county ? { visibleIf: `{county} = '${c.county}'` } : {}),
          }));
        json.elements.push(e);
      }
    }
    const model = new Model(json);
    const panels = kind === 'repeat' ? model.getQuestionByName('entries') : null;
    return {
      answer(name, entry, value) {
        const question = panels ? panels.panels[entry].getQuestionByName(name) : model.getQuestionByName(name);
        if (question.isVisible)
          question.value = value;
        if (kind === 'filter')
          void model.getQuestionByName('town').visibleChoices.length;
      },
      check: () => kind === 'plain' ? Number(model.getQuestionByName('sum0').value)
        : kind === 'repeat' ? Number(model.getQuestionByName('all').value)
        : model.getQuestionByName('town').visibleChoices.length,
    };
  };
})();

// ---- ODK's engine for web forms ----

// It is made for browsers: it gets a document, and is not told that this is Node while it starts.
const odk = await (async () => {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('');
  for (const name of ['DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document', 'XMLDocument', 'Attr', 'Text',
    'CDATASection', 'Comment', 'ProcessingInstruction', 'NodeFilter', 'XPathResult', 'XPathEvaluator',
    'CharacterData', 'DocumentFragment', 'HTMLElement', 'NodeList'])
    globalThis[name] ??= window[name];
  globalThis.document = window.document;
  globalThis.window = window;
  const versions = process.versions;
  const hide = value => Object.defineProperty(process, 'versions', { value, configurable: true });
  hide({ ...versions, node: undefined });
  const { loadForm } = await import('@getodk/xforms-engine');
  const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

  function xform(form, kind) {
    const instance = [], binds = [], body = [];
    const path = new Map();
    const all = questionsOf(form);
    for (const q of all) {
      path.set(q.name, `/data/${q.name}`);
      for (const inner of q.questions ?? [])
        path.set(inner.name, `/data/${q.name}/${inner.name}`);
    }
    const expression = (text, within) => escape(text.replace(/\$\{(\w+)\}/g, (_, name) => {
      const full = path.get(name);
      return within && full.startsWith(`/data/${within}/`) ? `../${name}` : full;
    }));
    const one = (q, within) => {
      const ref = path.get(q.name);
      if (q.type === 'calculate') {
        const text = q.name === 'high' ? 'count(${q0}[. > 3])' : q.calculation;
      binds.push(`<bind nodeset="${ref}" calculate="${expression(text, within)}"/>`);
        return '';
      }
      const relevant = q.relevant ? ` relevant="${expression(q.relevant, within)}"` : '';
      if (q.type === 'select_one') {
        binds.push(`<bind nodeset="${ref}" type="string"/>`);
        const filter = q.choice_filter ? '[county = /data/county ]' : '';
        return `<select1 ref="${ref}"><label>${q.name}</label><itemset nodeset="instance('${q.choices}')/root/item${filter}">` +
          '<value ref="name"/><label ref="label"/></itemset></select1>';
      }
      binds.push(`<bind nodeset="${ref}" type="int"${relevant}/>`);
      return `<input ref="${ref}"><label>${q.name}</label></input>`;
    };
    for (const q of all) {
      if (q.type === 'repeat') {
        instance.push(`<${q.name} jr:template="">${q.questions.map(i => `<${i.name}/>`).join('')}</${q.name}>`);
        body.push(`<group ref="/data/${q.name}"><label>${q.name}</label><repeat nodeset="/data/${q.name}">` +
          q.questions.map(i => one(i, q.name)).join('') + '</repeat></group>');
      } else {
        instance.push(`<${q.name}/>`);
        body.push(one(q, null));
      }
    }
    const lists = Object.entries(form.choices ?? {}).map(([name, list]) => `<instance id="${name}"><root>` +
      list.map(c => `<item><name>${c.name}</name><label>${c.label}</label>${c.county ? `<county>${c.county}</county>` : ''}</item>`)
        .join('') + '</root></instance>');
    return '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" ' +
      'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">' +
      `<h:head><h:title>t</h:title><model><instance><data id="t">${instance.join('')}<meta><instanceID/></meta></data></instance>` +
      `${lists.join('')}${binds.join('')}</model></h:head><h:body>${body.join('')}</h:body></h:html>`;
  }

  return async (form, kind, size) => {
    const loaded = await loadForm(xform(form, kind), {});
    if (loaded.error)
      throw loaded.error;
    const { root } = loaded.createInstance();
    const named = new Map(root.currentState.children.map(node => [node.currentState.reference.split('/')[2], node]));
    const range = kind === 'repeat' ? root.currentState.children.find(node => /^repeat-range/.test(node.nodeType)) : null;
    if (range)
      while (range.currentState.children.length < size)
        range.addInstances();
    return {
      answer(name, entry, value) {
        const node = range
          ? range.currentState.children[entry].currentState.children
            .find(each => each.currentState.reference.endsWith(`/${name}`))
          : named.get(name);
        if (kind === 'filter') {
          node.selectValue(value);
          void named.get('town').currentState.valueOptions.length;
        } else if (node.currentState.relevant)
          node.setValue(BigInt(value));
      },
      check: () => kind === 'plain' ? Number(named.get('sum0').currentState.value)
        : kind === 'repeat' ? Number(named.get('all').currentState.value)
        : named.get('town').currentState.valueOptions.length,
    };
  };
})();

// ---- side by side ----

const engines = { 'survey-core': survey, 'xforms-engine': odk };
const ms = x => x.toFixed(3).padStart(10);
console.log('Milliseconds; the ratio is how many times as long as Alongside in this run.\n');
console.log('form             engine              load        p50        p99    ratio: load      p50      p99   result');
for (const { kind, size } of forms) {
  const yaml = execFileSync(bench, ['form', kind, String(size)], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const ours = JSON.parse(execFileSync(bench, ['peer', kind, String(size), String(ANSWERS)], { encoding: 'utf8' }));
  const name = `${kind} ${size}`.padEnd(16);
  console.log(`${name} ${'alongside'.padEnd(14)}${ms(ours.load)} ${ms(ours.p50)} ${ms(ours.p99)}` +
    `${''.padEnd(34)}   ${ours.check}`);
  for (const [engine, make] of Object.entries(engines)) {
    const parsed = YAML.parse(yaml);
    const theirs = await measure(() => make(parsed, kind, size), (e, ...one) => e.answer(...one), kind, size);
    const ratio = key => (theirs[key] / ours[key]).toFixed(1).padStart(8);
    console.log(`${name} ${engine.padEnd(14)}${ms(theirs.load)} ${ms(theirs.p50)} ${ms(theirs.p99)}        ` +
      `${ratio('load')} ${ratio('p50')} ${ratio('p99')}   ${theirs.check}${theirs.check === ours.check ? '' : '  (not the same)'}`);
  }
}
process.exit(0);
