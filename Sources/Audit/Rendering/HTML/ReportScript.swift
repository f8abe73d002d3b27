/// The one script of the HTML report. Fixed text; it makes text nodes only and is allowed by its hash.
enum ReportScript {
  static let source = #"""
    // Adds to a page that already reads without it: the other language, search, filters, sorting, keys, state in the
    // address, and in large reports the rest of the findings. Text nodes only; no innerHTML anywhere.
    (async () => {
      const root = document.documentElement;
      const $ = (selector, from = document) => from.querySelector(selector);
      const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
      const base = root.dataset.base;
      const ui = () => $('[name=ui]:checked').value;
      const say = (en, ar) => (ui() === 'ar' ? ar : en);
      const halves = document.title.split(' · ');
      const titles = [halves.slice(0, halves.length / 2).join(' · '), halves.slice(halves.length / 2).join(' · ')];
      root.classList.add('js');

      // The other language: one dictionary, keyed by a short hash (FNV-1a and length) of the words in the page.
      // Audited content is marked translate=no and is never looked up.
      // In large reports it is packed, as the findings are (gzip, base64).
      async function unpack(text) {
        const raw = atob(text.trim()), bytes = new Uint8Array(raw.length);
        for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
        return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
      }
      const held = async block => JSON.parse(block.dataset.packed ? await unpack(block.textContent) : block.textContent);
      const dictionary = await held($('#words'));
      const other = text => {
        const words = text.trim();
        let hash = 0x811c9dc5;
        for (const unit of words) hash = Math.imul(hash ^ unit.codePointAt(0), 0x01000193) >>> 0;
        return dictionary[hash.toString(36) + '.' + words.length.toString(36)];
      };
      const strings = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode, home = node.parentElement;
        if (!home.translate || home.closest('script, noscript, code')) continue;
        const here = node.data, there = here.trim() && other(here);
        if (there) strings.push({ node, here, there: here.replace(here.trim(), () => there) });
      }
      const labels = $$('[aria-label]').map(node => ({ node, here: node.ariaLabel, there: other(node.ariaLabel) ?? node.ariaLabel }));

      // One folding for the text and for the query, the same as the auditor's folded view.
      const fold = text => text.normalize('NFKC').toLowerCase()
        .replace(/[\u064B-\u065F\u0670\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, '')
        .replace(/[أإآٱ]/g, 'ا').replace(/ى/g, 'ي').replace(/ة/g, 'ه')
        .replace(/[٠-٩]/g, digit => digit.charCodeAt(0) - 0x660)
        .replace(/[۰-۹]/g, digit => digit.charCodeAt(0) - 0x6F0)
        .replace(/\s+/g, ' ').trim();

      const groups = ['sev', 'conf', 'fam', 'lang', 'status'];
      const form = $('#filters');
      const search = $('#q');
      const body = $('#finding-rows');
      const cards = $$('.card');
      const rank = { critical: 4, high: 3, medium: 2, low: 1, info: 0, certain: 3 };
      const rankOf = { sev: item => rank[item.sev], conf: item => (item.conf === 'certain' ? 4 : rank[item.conf]) };
      let items = [];                                        // one for each row: sev, conf, fam, lang, n, text, title, where
      let view = [];                                         // large reports: the items that fit, in their order
      let limit = 200;
      let sorting = null;

      // Small reports: the rows are in the page.
      const fromPage = () => $$('tr', body).map(row => {
        const fingerprints = [...new Set($$('a[href^="#f-"]', row).map(link => link.hash.slice(3)))];
        const own = fingerprints.map(id => document.getElementById('f-' + id)).filter(Boolean);
        return {
          row, fingerprints, cards: own, ...row.dataset, n: Math.max(1, fingerprints.length),
          title: () => $('a, span', row)?.textContent ?? '', where: $('code', row.cells[3])?.textContent ?? '',
          raw: () => [row, ...own].map(node => node.textContent).join(' '),
        };
      });

      // Large reports: the rows are data (gzip, base64), made when they are shown.
      const packed = $('#data');
      const data = packed && await held(packed);
      const pick = pair => (ui() === 'ar' ? pair[1] : pair[0]);
      const fromData = () => data.rule.map((rule, at) => {
        const about = data.rules[rule], places = data.places[at];
        return {
          at, about, places, n: data.n[at], sev: data.sev[at], conf: data.conf[at], lang: data.lang[at], fam: about.fam,
          status: data.fresh?.[at] ? 'new' : 'known', fingerprints: data.prints[at].match(/.{12}/g) ?? [],
          title: () => pick(about.title), where: data.docs[places[0]],
          raw: () => [...about.title, about.id, data.before[at], data.match[at], data.after[at],
            ...new Set(places.filter((_, place) => place % 3 === 0).map(doc => data.docs[doc]))].join(' '),
        };
      });
      items = data ? fromData() : body ? fromPage() : [];
      const total = items.reduce((sum, item) => sum + item.n, 0);
      // Both languages are searched at once: the words that the switch would show are added to those in the page.
      const folded = new Map();
      let bothWords;
      const both = () => {
        if (bothWords) return bothWords;
        bothWords = new Map();
        for (const { node, here, there } of strings) {
          const part = node.parentElement.closest('.card, #finding-rows > tr');
          if (part) bothWords.set(part, (bothWords.get(part) ?? '') + ' ' + here + ' ' + there);
        }
        return bothWords;
      };
      const textOf = item => {
        if (!folded.has(item)) {
          folded.set(item, fold(item.raw() + ' ' + (data ? '' : [item.row, ...item.cards].map(part => both().get(part) ?? '').join(' '))));
        }
        return folded.get(item);
      };

      const make = (tag, name, text, more = {}) => {
        const node = document.createElement(tag);
        if (name) node.className = name;
        if (text !== undefined) node.textContent = text;
        for (const [key, value] of Object.entries(more)) node.setAttribute(key, value);
        return node;
      };
      const address = (item, from) => {
        const [doc, line, column] = item.places.slice(from, from + 3);
        return data.docs[doc] + (line ? ':' + line + ':' + column : '');
      };
      const quote = item => {
        const q = make('q', '', data.match[item.at], { dir: 'auto', translate: 'no' });
        if (item.lang !== 'und') q.lang = item.lang;
        return q;
      };
      function fill(part, item) {
        if (part.childElementCount > 1) return;
        const list = make('dl');
        const term = (name, ...content) => { list.append(make('dt', '', pick(data.ui[name])), make('dd')); list.lastChild.append(...content); };
        const message = make('span', '', '', { dir: say('ltr', 'rtl') });
        for (const piece of pick(item.about.message).split(/(\{\w+\})/)) {
          const name = /^\{(\w+)\}$/.exec(piece)?.[1];
          const value = name && (name === 'match' || name === 'masked' ? data.match[item.at] : data.values[item.at]?.[name]);
          message.append(value === undefined || !name ? piece : make('bdi', '', value));
        }
        term('seen', message);
        if (data.match[item.at]) {
          const context = make('p', '', '', { dir: 'auto', translate: 'no' });
          context.append(data.before[item.at], make('mark', item.sev, data.match[item.at]), data.after[item.at]);
          term('context', context);
        }
        if (pick(item.about.why)) term('why', pick(item.about.why));
        if (pick(item.about.fix)) term('fix', pick(item.about.fix));
        const places = make('ul', 'places');
        for (let place = 0; place < Math.min(item.places.length, 300); place += 3) {
          const line = make('li');
          line.append(make('code', '', address(item, place)), ' ', make('code', 'soft', item.fingerprints[place / 3]));
          places.append(line);
        }
        if (item.n > 100) places.append(make('li', '', say(`and ${item.n - 100} more, in the JSON Lines report`, `والباقي (${item.n - 100}) في تقرير JSON Lines`)));
        term('where', places);
        term('rule', make('code', '', item.about.id));
        part.append(list);
      }
      function rowOf(item) {
        const row = make('tr'), head = make('th', '', undefined, { scope: 'row', role: 'rowheader' });
        const part = make('details', 'more'), name = make('summary', '', item.title());
        if (item.n > 1) name.append(' ', make('span', 'times', '× ' + item.n.toLocaleString('en')));
        part.append(name);
        part.addEventListener('toggle', () => part.open && fill(part, item));
        head.append(part);
        if (data.match[item.at]) head.append(quote(item));
        const severity = make('td');
        severity.append(make('span', 'sev ' + item.sev, pick(data.ui[item.sev])));
        const where = make('td');
        where.append(item.n > 1 ? say(`${item.n.toLocaleString('en')} places`, `عدد المواضع: ${item.n.toLocaleString('en')}`) : make('code', '', address(item, 0)));
        row.append(head, severity, make('td', '', pick(data.ui['conf-' + item.conf])), where);
        for (const cell of row.children) if (cell !== head) cell.setAttribute('role', 'cell');
        row.setAttribute('role', 'row');
        if (data.fresh?.[item.at]) head.append(' ', make('span', 'tag new', pick(data.ui.fresh)));
        row.dataset.f = item.fingerprints[0];
        return row;
      }
      function draw(first) {
        const shown = view.slice(0, limit);
        if (first) shown.unshift(first);
        body.replaceChildren(...shown.map(rowOf));
        const left = view.length - Math.min(limit, view.length);
        const more = $('#more');
        more.hidden = left === 0;
        more.textContent = say(`Show ${Math.min(200, left).toLocaleString('en')} more of ${left.toLocaleString('en')} rows`,
          `اعرض المزيد (الصفوف الباقية: ${left.toLocaleString('en')})`);
      }

      // State lives in the address: #place?q=…&sev=high,critical&ui=ar&theme=dark
      const place = () => { try { return decodeURIComponent(location.hash.slice(1).split('?')[0]); } catch { return ''; } };
      const chosen = group => (form ? $$(`[name=${group}]:checked`, form).map(box => box.value) : []);

      function write() {
        const state = new URLSearchParams();
        if (search?.value) state.set('q', search.value);
        for (const group of groups) if (chosen(group).length) state.set(group, chosen(group).join(','));
        if (ui() !== base) state.set('ui', ui());
        const theme = $('[name=theme]:checked').value;
        if (theme !== 'auto') state.set('theme', theme);
        const tail = state.toString().replaceAll('%2C', ',');
        history.replaceState(null, '', '#' + place() + (tail ? '?' + tail : ''));
      }

      function read() {
        const tail = location.hash.split('?')[1];
        if (tail === undefined) return location.hash && write();   // a plain link keeps the state that is there
        const state = new URLSearchParams(tail);
        if (search) search.value = state.get('q') ?? '';
        for (const group of form ? groups : []) {
          const values = (state.get(group) ?? '').split(',');
          for (const box of $$(`[name=${group}]`, form)) box.checked = values.includes(box.value);
        }
        for (const name of ['ui', 'theme']) {
          const radio = $(`[name=${name}][value="${CSS.escape(state.get(name) ?? '')}"]`);
          if (radio) radio.checked = true;
        }
      }

      function speak() {
        const isBase = ui() === base;
        root.lang = ui();
        root.dir = say('ltr', 'rtl');
        for (const string of strings) string.node.data = isBase ? string.here : string.there;
        for (const label of labels) label.node.ariaLabel = isBase ? label.here : label.there;
        document.title = titles[isBase ? 0 : 1];
      }

      function filter() {
        if (!form) return;
        const words = fold(search.value).split(' ').filter(Boolean);
        const want = groups.map(group => [group, new Set(chosen(group))]).filter(([, values]) => values.size);
        const fits = item => want.every(([group, values]) => values.has(item[group])) && words.every(word => textOf(item).includes(word));
        let shown = 0;
        view = [];
        for (const item of items) {
          const isFit = fits(item);
          if (isFit) { shown += item.n; view.push(item); }
          if (data) continue;
          item.row.classList.toggle('off', !isFit);
          for (const card of item.cards) {
            card.classList.toggle('off', !isFit);
            document.getElementById('m' + card.id.slice(1))?.classList.toggle('dim', !isFit);
          }
        }
        if (data) { limit = 200; sort(); draw(); }
        const [n, all] = [shown, total].map(count => count.toLocaleString('en'));
        $('#count').textContent = say(`${n} of ${all} findings shown`, `المعروض ${n} من ${all} من النتائج`);
      }

      function sort() {
        if (!sorting) return;
        const { key, up } = sorting, by = rankOf[key];
        const value = item => (by ? by(item) : key === 'where' ? item.where : item.title());
        const keyed = (data ? view : items).map(item => [value(item), item]);
        keyed.sort(([a], [b]) => (up ? 1 : -1) * (by ? a - b : a.localeCompare(b, ui(), { numeric: true })));
        if (data) view = keyed.map(pair => pair[1]);
        else body.append(...keyed.map(pair => pair[1].row));
      }

      function arrive() {
        for (const card of $$('.card.target')) card.classList.remove('target');
        const here = place(), aim = document.getElementById(here);
        if (data && !aim && here.startsWith('f-')) {
          const item = items.find(item => item.fingerprints.some(print => here.slice(2).startsWith(print)));
          if (!item) return;
          draw(item);
          const part = $('details', body);
          part.open = true;
          part.scrollIntoView({ block: 'start', behavior: 'instant' });
          return $('summary', part).focus({ preventScroll: true });
        }
        const card = aim?.classList.contains('card') ? aim : null;
        if (card) {
          if (card.classList.contains('off')) { form.reset(); search.value = ''; filter(); write(); }
          card.open = true;
          card.classList.add('target');
        }
        for (let fold = aim?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
        if (aim && (location.hash.includes('?') || !card)) aim.scrollIntoView({ block: 'start', behavior: 'instant' });
        if (card) $('summary', card).focus({ preventScroll: true });
      }

      const later = run => { let timer; return () => { clearTimeout(timer); timer = setTimeout(run, data ? 120 : 0); }; };
      const refine = later(() => { filter(); write(); });
      form?.addEventListener('input', refine);
      form?.addEventListener('submit', event => event.preventDefault());
      form?.addEventListener('reset', refine);
      $('#more')?.addEventListener('click', () => { limit += 200; draw(); });
      for (const radio of $$('[name=ui], [name=theme]')) radio.addEventListener('change', () => { speak(); filter(); write(); });
      addEventListener('hashchange', () => { read(); speak(); filter(); arrive(); });

      // Sortable headings become real buttons.
      for (const heading of $$('th[data-sort]')) {
        const button = make('button', '', undefined, { type: 'button' });
        button.append(...heading.childNodes);
        heading.append(button);
        button.addEventListener('click', () => {
          const up = heading.getAttribute('aria-sort') !== 'ascending';
          for (const each of $$('th[data-sort]')) each.removeAttribute('aria-sort');
          heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
          sorting = { key: heading.dataset.sort, up };
          if (data) filter(); else sort();
        });
      }

      // Tables shown as blocks on a narrow screen keep their meaning.
      const roles = { table: 'table', thead: 'rowgroup', tbody: 'rowgroup', tr: 'row', td: 'cell' };
      for (const table of $$('table.flow')) {
        for (const [tag, role] of Object.entries(roles)) for (const node of [table, ...$$(tag, table)]) if (node.localName === tag) node.setAttribute('role', role);
        for (const node of $$('th', table)) node.setAttribute('role', node.scope === 'col' ? 'columnheader' : 'rowheader');
      }

      // Keys, which can be switched off (WCAG 2.1.4).
      const help = $('#help');
      const openHelp = () => { if (!help.open) help.showModal(); };
      $('#keys').addEventListener('click', openHelp);
      $('#print').addEventListener('click', () => print());
      const step = by => {
        const open = cards.filter(card => !card.classList.contains('off'));
        if (!open.length) return;
        const here = open.findIndex(card => card.contains(document.activeElement));
        const card = open[here < 0 ? (by > 0 ? 0 : open.length - 1) : (here + by + open.length) % open.length];
        card.open = true;
        $('summary', card).focus();
        card.scrollIntoView({ block: 'nearest' });
      };
      const keys = { j: () => step(1), k: () => step(-1), '/': () => search?.focus(), '?': openHelp };
      addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey || !$('#keys-on').checked || help.open) return;
        if (event.target.closest?.('input:not([type=radio], [type=checkbox]), textarea')) return;
        if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
      });

      // Printing opens everything, then puts it back. It never follows a filter.
      let closed = [];
      addEventListener('beforeprint', () => {
        if (data) { view = items; limit = 200; draw(); }
        closed = $$('details:not([open])');
        for (const part of closed) if (!(data && part.closest('#finding-rows'))) part.open = true;
      });
      addEventListener('afterprint', () => {
        for (const part of closed) part.open = false;
        if (data) filter();
      });

      const links = new Map($$('.toc a').map(link => [link.hash.slice(1), link]));
      const watch = new IntersectionObserver(seen => {
        for (const { target, isIntersecting } of seen) {
          if (!isIntersecting) continue;
          for (const link of links.values()) link.removeAttribute('aria-current');
          links.get(target.id)?.setAttribute('aria-current', 'location');
        }
      }, { rootMargin: '-10% 0px -75% 0px' });
      for (const id of links.keys()) watch.observe(document.getElementById(id));

      read(); speak(); filter(); arrive();

      // Parts out of view were not laid out yet; now that the page can be used they are, one a frame.
      const rest = $$('main > section:not(.intro)');
      const lay = () => requestAnimationFrame(() => {
        rest.shift()?.classList.add('laid');
        if (rest.length) return lay();
        // What the address names stands elsewhere now.
        arrive();
        document.getElementById(place())?.scrollIntoView({ behavior: 'instant' });
      });
      lay();
    })();

    """#
}
