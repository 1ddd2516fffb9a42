// SPDX-License-Identifier: EUPL-1.2
// The desk in a browser: by taps, by keyboard alone, without JavaScript, at 320 px, at 200 % text,
// checked by axe-core; in every language. Prints TAP. JavaScript is on only where axe needs it to
// look; the desk itself has none.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startTeam } from './team.mjs';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--disable-dev-shm-usage'];
const languages = ['nl', 'en'];
const branches = ['arrest', 'school', 'work', 'sex', 'begging', 'travel', 'online'];
const MOST_TAPS = 12;

// ---- TAP ----

let count = 0;
let failed = 0;

function report(ok, name, detail) {
    count++;
    failed += ok ? 0 : 1;
    console.log(`${ok ? 'ok' : 'not ok'} ${count} - ${name}`);
    if (!ok) {
        for (const line of String(detail ?? '').split('\n').slice(0, 30)) {
            console.log(`# ${line}`);
        }
    }
}

const queue = [];

// Each test has a browser context of its own, so a few run beside each other.
function test(name, body) {
    const only = process.env.INBEELD_BROWSER_ONLY;
    if (!only || name.includes(only)) {
        queue.push(() => run(name, body));
    }
}

async function run(name, body) {
    try {
        await body();
        report(true, name);
    } catch (error) {
        report(false, name, error.stack ?? error);
    }
}

async function runAll(atOnce) {
    const worker = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
            await next();
        }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
}

function check(condition, message) {
    if (!condition) {
        throw new Error(message);
    }
}

// ---- the server, in a home of its own that must stay empty ----

const home = mkdtempSync(join(tmpdir(), 'inbeeld-browser-'));
const server = spawn(process.argv[2], ['serve', '--listen', '127.0.0.1:0'], {
    cwd: home, env: { HOME: home, TMPDIR: home, PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
});
let said = '';
server.stderr.on('data', (data) => { said += data; });
const base = await new Promise((resolve, reject) => {
    server.stdout.on('data', (data) => {
        said += data;
        const match = /^inbeeld: (http:\S+)\/$/m.exec(said);
        if (match) {
            resolve(match[1]);
        }
    });
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
}).catch((error) => {
    console.log(`Bail out! ${error.message.split('\n')[0]}`);
    process.exit(1);
});

const browser = await chromium.launch({
    executablePath: process.env.INBEELD_CHROMIUM ?? '/usr/bin/chromium', args: flags,
});

async function open(options, body) {
    const context = await browser.newContext({
        viewport: { width: 360, height: 740 }, javaScriptEnabled: false, ...options,
    });
    context.setDefaultTimeout(30000);
    const page = await context.newPage();
    // Whatever is clicked by page.click leads to a new page. Wait for that one, however slow the
    // machine is: the old page may have a button of the same name.
    const click = page.click.bind(page);
    page.click = (selector) => leads(page, () => click(selector));
    page.addresses = [];
    page.on('request', (request) => page.addresses.push(request.url()));
    try {
        return await body(page, context);
    } finally {
        await context.close();
    }
}

async function leads(page, act) {
    await Promise.all([page.waitForNavigation(), act()]);
}

// A tap: a click on something that is really there, visible and large enough for a thumb.
async function tap(page, selector) {
    const target = page.locator(selector).first();
    const box = await target.boundingBox();
    check(box && box.height >= 47.5, `${selector} is ${box ? box.height : 'not'} px high`);
    await leads(page, () => target.click());
    page.taps = (page.taps ?? 0) + 1;
}

const button = (value) => `button[name="do"][value="${value}"]`;
const onFinding = async (page) => (await page.locator('textarea.inb-copy').count()) === 1;

// Answers the question in view: yes where it is one of yes and no, else the first choice.
async function answerOne(page, answer) {
    const yes = page.locator(button(`answer:${answer}`));
    await tap(page, (await yes.count()) > 0 ? button(`answer:${answer}`) : button('gain:other'));
}

async function startCard(page, language, age, reporter, branch) {
    page.taps = 0;
    await page.goto(`${base}/${language}/`);
    await tap(page, `a[href="/${language}/card"]`);
    await tap(page, button(`age:${age}`));
    await tap(page, button(`who:${reporter}`));
    await tap(page, button(`where:${branch}`));
}

async function wholeCard(page, language, age, reporter, branch, answer = 'yes') {
    await startCard(page, language, age, reporter, branch);
    for (let i = 0; i < 20 && !(await onFinding(page)); i++) {
        await answerOne(page, answer);
    }
    check(await onFinding(page), 'the card never came to the finding');
}

// ---- by taps ----

for (const language of languages) {
    for (const branch of branches) {
        test(`${language}: ${branch} is done with at most ${MOST_TAPS} taps and no typing`,
            () => open({}, async (page) => {
                for (const age of language === 'nl' ? ['teen', 'adult'] : ['teen']) {
                    await wholeCard(page, language, age, 'police_beat', branch);
                    check(page.taps <= MOST_TAPS, `${age}: ${page.taps} taps`);
                    const text = await page.locator('main').innerText();
                    check(/bewijst niets|proves nothing/.test(text), 'the reserve is not there');
                    check(await page.locator('.inb-route').count() > 0, 'no route');
                    check(await page.locator('.inb-list--offer li').count() > 0, 'no offer');
                    check(await page.locator('input:not([type=hidden]), [contenteditable]')
                        .count() === 0, 'there is something to type in');
                }
                const answers = page.addresses.filter((url) => /answer|age|CR-|D5-|[?#]/.test(
                    url.slice(base.length)));
                check(answers.length === 0, `an address holds answers: ${answers}`);
            }));
    }
}

test('every reporter and every age comes to a finding with a route and an offer',
    () => open({}, async (page) => {
        await page.goto(`${base}/nl/card`);
        await page.click(button('age:teen'));
        const reporters = await page.locator('button[value^="who:"]').all();
        check(reporters.length === 18, `found ${reporters.length} reporters`);
        const codes = [];
        for (const reporter of reporters) {
            codes.push(await reporter.getAttribute('value'));
        }
        for (const code of codes) {
            await page.goto(`${base}/nl/card`);
            await page.click(button('age:teen'));
            await page.click(button(code));
            await page.click(button('where:arrest'));
            await page.click(button('answer:no'));
            await page.click(button('answer:yes'));
            await page.click(button('show'));
            check(await page.locator('.inb-route').count() > 0, `${code}: no route`);
            check(await page.locator('.inb-list--offer li').count() > 0, `${code}: no offer`);
        }
        for (const age of ['under12', 'minor', 'unknown']) {
            await page.goto(`${base}/en/card`);
            await page.click(button(`age:${age}`));
            await page.click(button('who:self'));
            await page.click(button('where:school'));
            await page.click(button('show'));
            check(await page.locator('.inb-list--offer li').count() > 0, `${age}: no offer`);
        }
    }));

// ---- by keyboard alone ----

async function tabTo(page, selector) {
    for (let i = 0; i < 120; i++) {
        await page.keyboard.press('Tab');
        if (await page.locator(`${selector}:focus`).count() === 1) {
            return;
        }
    }
    throw new Error(`${selector} cannot be reached with Tab`);
}

for (const language of languages) {
    test(`${language}: the card by keyboard alone, focus in sight`, () => open({},
        async (page) => {
            await page.goto(`${base}/${language}/`);
            const press = async (selector) => {
                await tabTo(page, selector);
                const box = await page.locator(selector).first().boundingBox();
                check(box.y >= 0 && box.y + box.height <= 741, `${selector} is out of sight`);
                await leads(page, () => page.keyboard.press('Enter'));
            };
            await press(`a[href="/${language}/card"]`);
            await press(button('age:minor'));
            await press(button('who:self'));
            await press(button('where:online'));
            for (let i = 0; i < 12 && !(await onFinding(page)); i++) {
                const yes = await page.locator(button('answer:yes')).count();
                await press(yes ? button('answer:yes') : button('gain:partner'));
            }
            check(await onFinding(page), 'no finding by keyboard');
            await tabTo(page, 'textarea.inb-copy');
            await press(button('more'));
            await tabTo(page, 'input[name="c.CI-01"]');
            await page.keyboard.press('Space');
            await press(button('show'));
            check(await onFinding(page), 'not back at the finding');
        }));
}

// ---- back, languages, changes ----

test('the back button of the page shows the former answer, which can be changed',
    () => open({}, async (page) => {
        await startCard(page, 'nl', 'teen', 'school', 'school');
        await page.click(button('answer:no'));
        const second = await page.locator('h1').innerText();
        await page.click(button('answer:yes'));
        await page.click(button('back'));
        check(await page.locator('h1').innerText() === second, 'another question');
        const chosen = page.locator('.inb-choice--chosen');
        check(await chosen.count() === 1, 'the former answer is not marked');
        check((await chosen.innerText()).includes('uw antwoord'), 'marked by colour alone');
        await page.click(button('answer:no'));
        for (let i = 0; i < 3; i++) {
            await page.click(button('back'));
        }
        check(await page.locator(button('where:school')).count() === 1, 'not at the branches');
        await page.click(button('back'));
        await page.click(button('back'));
        check(await page.locator(button('age:teen')).count() === 1, 'not at the age');
    }));

test('the other language keeps the answers, on every kind of page', () => open({},
    async (page) => {
        await wholeCard(page, 'nl', 'teen', 'school', 'arrest');
        const dutch = await page.locator('input[name=card]').getAttribute('value');
        await page.click('button.inb-language');
        check(await page.locator('html').getAttribute('lang') === 'en', 'not in English');
        check(await page.locator('input[name=card]').getAttribute('value') === dutch,
            'the answers changed');
        await page.click(button('list'));
        await page.locator('details.inb-category > summary').first().click();
        await page.check('input[name="r.D1-02"][value="yes"]');
        await page.click('button.inb-language');
        check(await page.locator('html').getAttribute('lang') === 'nl', 'not in Dutch');
        check(await page.isChecked('input[name="r.D1-02"][value="yes"]'), 'an answer was lost');
        await page.click(button('show'));
        await page.click(button('more'));
        await page.check('input[name="police"][value="unwanted"]');
        await page.click('button.inb-language');
        check(await page.isChecked('input[name="police"][value="unwanted"]'), 'a wish was lost');
        await page.goto(`${base}/nl/about`);
        await page.click('a.inb-language');
        check(page.url() === `${base}/en/about`, 'another page');
    }));

test('an answer to what to ask next changes the finding at once', () => open({},
    async (page) => {
        await startCard(page, 'en', 'unknown', 'public', 'work');
        await page.click(button('show'));
        check(await page.locator('button[value^="age:"]').count() > 0, 'the age is not asked');
        await page.click(button('age:adult'));
        check(await page.locator('button[value^="age:"]').count() === 0, 'asked again');
        const ask = page.locator('button[value^="ask:"][value$=":yes"]').first();
        const value = await ask.getAttribute('value');
        await page.click(button(value));
        check(await page.locator(button(value)).count() === 0, 'asked again');
        const id = value.split(':')[1];
        check((await page.locator('textarea').inputValue()).includes(`(${id})`), 'not in the text');
        await page.click(button('resume'));
        check(await page.locator(button('answer:yes')).count() === 1, 'no way on');
    }));

test('circumstances add help and change no form', () => open({}, async (page) => {
    await wholeCard(page, 'nl', 'teen', 'school', 'school');
    const forms = await page.locator('.inb-finding').innerText();
    const offers = await page.locator('.inb-list--offer').innerText();
    await page.click(button('more'));
    await page.check('input[name="c.CI-01"]');
    await page.check('input[name="c.CI-18"]');
    await page.check('input[name="denies"]');
    await page.check('input[name="suspected"]');
    await page.click(button('show'));
    check(await page.locator('.inb-finding').innerText() === forms, 'a form changed');
    check((await page.locator('.inb-list--offer').innerText()).length > offers.length,
        'no offer was added');
}));

test('danger shows 112 at once and at every step after', () => open({}, async (page) => {
    await startCard(page, 'nl', 'minor', 'self', 'sex');
    await page.click(button('answer:yes'));
    for (let i = 0; i < 3; i++) {
        check(await page.locator('.inb-alert--danger a[href="tel:112"]').isVisible(), 'no 112');
        await answerOne(page, 'no');
    }
    await page.click(button('show'));
    const first = page.locator('.inb-route').first();
    check(await first.locator('a[href="tel:112"]').count() === 1, '112 is not the first route');
}));

test('the text to copy holds observation apart from interpretation', () => open({},
    async (page) => {
        for (const [language, seen, may] of [['nl', 'WAT IK ZAG', 'WAT HET KAN ZIJN'],
            ['en', 'WHAT I SAW', 'WHAT IT MAY BE']]) {
            await wholeCard(page, language, 'teen', 'police_beat', 'arrest');
            const text = await page.locator('textarea').inputValue();
            const border = text.indexOf(may);
            check(text.startsWith(seen) && border > 0, 'not apart');
            check(text.indexOf('(CR-11)') > 0 && text.indexOf('(CR-11)') < border,
                'a fact is not among the observations');
            const forms = await page.locator('.inb-form__name').allInnerTexts();
            check(forms.length > 0, 'no form');
            for (const form of forms) {
                check(text.toLowerCase().indexOf(form.toLowerCase()) > border,
                    `${form} stands among the observations`);
            }
            check(/bewijst niets|proves nothing/.test(text.slice(border)), 'no reserve');
            check(await page.locator('textarea').getAttribute('readonly') !== null, 'not readonly');
        }
    }));

// ---- the full list ----

test('the list reaches every question, says what is missing, and gives the finding',
    () => open({}, async (page) => {
        await page.goto(`${base}/nl/list`);
        check(await page.locator('input[type=radio][value=yes]').count() > 150, 'few questions');
        check(await page.locator('input[type=checkbox]').count() >= 20, 'few circumstances');
        await page.click(button('show'));
        const summary = page.locator('#errors');
        check(await summary.locator('a').count() === 3, 'not three problems');
        check(await page.locator('#errors:focus').count() === 1, 'the summary has no focus');
        for (const link of await summary.locator('a').all()) {
            const target = await link.getAttribute('href');
            check(await page.locator(target).count() === 1, `${target} is not there`);
        }
        check(await page.locator('.inb-error').count() === 3, 'no words beside the fields');
        await page.check('#age-teen');
        await page.selectOption('#reporter', 'youth_work');
        await page.locator('summary', { hasText: 'Klussen' }).first().click();
        await page.check('input[name="r.CR-11"][value="yes"]');
        await page.click(button('show'));
        check(await onFinding(page), 'no finding');
        check((await page.locator('textarea').inputValue()).includes('(CR-11)'), 'not taken over');
        await page.click(button('list'));
        check(await page.isChecked('input[name="r.CR-11"][value="yes"]'), 'forgotten');
    }));

// ---- quick exit, and nothing left behind ----

test('quick exit leaves without a referrer; going back shows no answers', () => open({},
    async (page, context) => {
        let referrer;
        await context.route('https://www.buienradar.nl/**', (route) => {
            referrer = route.request().headers().referer;
            return route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' });
        });
        for (const path of ['', 'card', 'list', 'picture', 'about', 'access', 'nope']) {
            await page.goto(`${base}/nl/${path}`);
            check(await page.locator('.inb-exit').isVisible(), `no exit on ${path}`);
        }
        await startCard(page, 'nl', 'teen', 'self', 'sex');
        await page.click(button('answer:yes'));
        await page.click(button('show'));
        await page.mouse.wheel(0, 1500);
        await page.waitForTimeout(100);
        check(await page.locator('.inb-exit').isVisible(), 'the exit scrolled away');
        await page.click('.inb-exit');
        await page.waitForURL('https://www.buienradar.nl/');
        check(referrer === undefined, `a referrer was sent: ${referrer}`);
        // Chromium asks before it sends a form again; a robot says yes, as a curious reader would.
        await page.goBack({ timeout: 3000 }).catch(() => null);
        const after = await page.content();
        check(!after.includes('inb-copy') && !after.includes('answer:yes'),
            'the answers are shown again');
    }));

test('nothing stays in the browser: no cookie, no storage', () => open(
    { javaScriptEnabled: true }, async (page, context) => {
        await wholeCard(page, 'nl', 'teen', 'self', 'online');
        check((await context.cookies()).length === 0, 'a cookie');
        const left = await page.evaluate(async () => [localStorage.length, sessionStorage.length,
            (await indexedDB.databases()).length, document.scripts.length,
            (await navigator.serviceWorker.getRegistrations()).length]);
        check(left.every((n) => n === 0), `left: ${left}`);
        const state = await context.storageState();
        check(state.origins.length === 0 && state.cookies.length === 0, 'storage');
    }));

test('a changed form gets a page in the reader\'s language, not a crash', () => open({},
    async (page, context) => {
        await startCard(page, 'nl', 'teen', 'school', 'school');
        const stamp = await page.locator('input[name=stamp]').getAttribute('value');
        const card = await page.locator('input[name=card]').getAttribute('value');
        const sheet = await page.locator('input[name=sheet]').getAttribute('value');
        const send = (form) => context.request.post(`${base}/nl/card`, { form });
        let answer = await send({ stamp, sheet, card: card.replace('.t.', '.z.'), do: 'answer:yes' });
        check(answer.status() === 400 && (await answer.text()).includes('lang="nl"'), 'not 400');
        answer = await send({ stamp, sheet, card, do: 'answer:perhaps' });
        check(answer.status() === 400, 'an unknown button is not 400');
        answer = await send({ stamp: 'A'.repeat(80), sheet, card, do: 'answer:yes' });
        check(answer.status() === 403, 'a forged stamp is not 403');
        check((await answer.text()).includes(card), 'a forged stamp loses the answers');
        answer = await send({ stamp, sheet, card, do: 'answer:yes', 'r.CR-11': 'yes' });
        check(answer.status() === 400, 'a foreign field is not 400');
    }));

// ---- narrow, large, and axe, on every page and state ----

const states = [
    ['front', (p, l) => p.goto(`${base}/${l}/`)],
    ['age', (p, l) => p.goto(`${base}/${l}/card`)],
    ['who', (p) => p.click(button('age:teen'))],
    ['where', (p) => p.click(button('who:police_beat'))],
    ['danger', (p) => p.click(button('where:arrest'))],
    ['question', (p) => p.click(button('answer:yes'))],
    ['question answered', async (p) => {
        await p.click(button('answer:yes'));
        await p.click(button('back'));
    }],
    ['who gains', async (p) => {
        while (await p.locator(button('gain:other')).count() === 0) {
            await p.click(button('answer:yes'));
        }
    }],
    ['finding', async (p) => {
        await p.click(button('gain:parent'));
        await p.click(button('answer:unknown'));
        check(await onFinding(p), 'no finding');
    }],
    ['finding unfolded', async (p) => {
        for (const summary of await p.locator('main summary').all()) {
            await summary.click();
        }
    }],
    ['more', (p) => p.click(button('more'))],
    ['list from finding', async (p) => {
        await p.click(button('show'));
        await p.click(button('list'));
    }],
    ['list', (p, l) => p.goto(`${base}/${l}/list`)],
    ['list with errors', async (p) => {
        await p.click(button('show'));
        check(await p.locator('#errors').count() === 1, 'no errors');
    }],
    ['finding of nothing, age unknown', async (p, l) => {
        await p.goto(`${base}/${l}/card`);
        await p.click(button('age:unknown'));
        await p.click(button('who:self'));
        await p.click(button('where:work'));
        await p.click(button('show'));
    }],
    ['picture', (p, l) => p.goto(`${base}/${l}/picture`)],
    ['about', (p, l) => p.goto(`${base}/${l}/about`)],
    ['accessibility', (p, l) => p.goto(`${base}/${l}/access`)],
    ['not found', (p, l) => p.goto(`${base}/${l}/nope`)],
];

async function overflow(page) {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const wide = [...document.querySelectorAll('body *')].filter((e) => {
            const scrolls = e.closest('.inb-scroll, .p-scroll, textarea, svg, [class*="scroll"]');
            return !scrolls && e.getBoundingClientRect().right > width + 1 &&
                getComputedStyle(e).position !== 'absolute';
        });
        const page = document.documentElement.scrollWidth > width;
        return page ? `${document.documentElement.scrollWidth} > ${width}: ` +
            wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(' | ') : '';
    });
}

async function smallTargets(page) {
    return page.evaluate(() => [...document.querySelectorAll(
        'main button, main a.inb-button, main summary, main .inb-check label, header a, header button')]
        .filter((e) => e.getClientRects().length > 0 && e.getBoundingClientRect().height < 47.5)
        .map((e) => `${e.outerHTML.slice(0, 80)} ${e.getBoundingClientRect().height}`).join('\n'));
}

const axeOptions = {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

async function axeFinds(page, runOnly) {
    const found = await page.evaluate((o) => axe.run(document, o), { ...axeOptions, runOnly });
    return found.violations.map((v) =>
        `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 150)).join(' | ')}`).join('\n');
}

// One walk over all states, each looked at in four ways.
const ways = {
    light: 'axe finds nothing, targets are large', dark: 'contrast in the dark',
    narrow: 'no sideways scrolling at 320 px', large: 'nor with 200 % text at 360 px',
};

async function walk(language, states, base, about = '') {
    const wrong = { light: [], dark: [], narrow: [], large: [] };
    let walked = 'the walk did not finish';
    try {
        await open({ javaScriptEnabled: true, bypassCSP: true }, async (page) => {
            for (const [name, go] of states) {
                await page.setViewportSize({ width: 360, height: 740 });
                await go(page, language, base);
                await page.waitForLoadState('load');
                const note = (kind, found) => found && wrong[kind].push(`${name}: ${found}`);
                await page.evaluate(axeSource);
                note('light', await axeFinds(page, axeOptions.runOnly));
                note('light', await smallTargets(page));
                await page.emulateMedia({ colorScheme: 'dark' });
                note('dark', await axeFinds(page, ['color-contrast']));
                await page.emulateMedia({ colorScheme: 'light' });
                await page.setViewportSize({ width: 320, height: 640 });
                note('narrow', await overflow(page));
                await page.setViewportSize({ width: 360, height: 740 });
                const style = await page.addStyleTag({ content: 'html { font-size: 200% }' });
                note('large', await overflow(page));
                await style.evaluate((element) => element.remove());
            }
        });
        walked = '';
    } catch (error) {
        walked = error.stack;
    }
    for (const [kind, what] of Object.entries(ways)) {
        await run(`${language}: ${what} (${states.length} pages and states${about})`, async () => {
            check(!walked, walked);
            check(wrong[kind].length === 0, wrong[kind].join('\n'));
        });
    }
}

if (!process.env.INBEELD_BROWSER_ONLY) {
    // The longest first.
    queue.unshift(...languages.map((language) => () => walk(language, states, base)));
}

test('headings are in order, one h1, a title and a language on every page', () => open(
    { javaScriptEnabled: true }, async (page) => {
        const titles = new Set();
        for (const [name, go] of states) {
            await go(page, 'en');
            const seen = await page.evaluate(() => ({
                levels: [...document.querySelectorAll('h1,h2,h3')].map((h) => +h.tagName[1]),
                title: document.title, language: document.documentElement.lang,
            }));
            check(seen.levels.filter((n) => n === 1).length === 1, `${name}: not one h1`);
            check(seen.title.endsWith('inbeeld') && seen.language === 'en', `${name}: head`);
            titles.add(seen.title);
        }
        check(titles.size >= 8, `only ${titles.size} titles`);
    }));

test('every page keeps nothing: headers', () => open({}, async (page, context) => {
    for (const path of ['/nl/', '/nl/card', '/en/list', '/en/picture', '/nl/nope']) {
        const answer = await context.request.get(base + path);
        const headers = answer.headers();
        check(headers['cache-control'] === 'no-store', `${path}: cache`);
        check(!headers['set-cookie'], `${path}: cookie`);
        check(!/unsafe/.test(headers['content-security-policy']), `${path}: policy`);
        check(headers['referrer-policy'] === 'no-referrer', `${path}: referrer`);
    }
}));

// ---- a team with a store ----

const team = await startTeam(process.argv[2], { test, open, check, button, languages });
if (!process.env.INBEELD_BROWSER_ONLY) {
    queue.unshift(...languages.map((language) => () => walk(language, team.states, team.base,
        ' of a team')));
}

// ---- the end ----

await runAll(3);
for (const [name, body] of team.last) {
    await run(name, body);
}
await browser.close();
server.removeAllListeners('exit');
const ended = new Promise((resolve) => server.on('exit', (code, signal) => resolve([code, signal])));
server.kill('SIGTERM');
const [code] = await ended;
report(code === 0, 'the server ends cleanly', `code ${code}`);
report(said === `inbeeld: ${base}/\n`, 'the server said its address and nothing else', said);
const left = readdirSync(home).filter((name) => statSync(join(home, name)));
report(left.length === 0, 'nothing was written beside it', left.join(', '));
rmSync(home, { recursive: true, force: true });
console.log(`1..${count}`);
process.exit(failed === 0 ? 0 : 1);
