// SPDX-License-Identifier: EUPL-1.2
// The pages of a team in a browser: a desk with a store of its own, its states for the walk over all
// pages, its tests, and what has to hold when all of them are through: no test string of a name,
// address, phone or text stands in the store, its log, or what the program printed.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const secrets = ['Zwaluwtje Canaryname', 'Canaryname', 'Canarystraat', '0612345678', 'Canarytekst',
    'Canaryplaats', 'canary_handle', 'XX-123-Y', 'Canaryflex', '2011-03-01'];
const typed = {
    'person.1.name': 'Zwaluwtje Canaryname', 'person.1.birth_date': '2011-03-01',
    'person.1.phone': '0612345678', seen: '2026-09-03', place: 'Canaryplaats',
    'party.1.value': 'Canaryflex', 'party.3.value': 'Canarystraat 1', 'party.4.value': 'XX-123-Y',
    'party.6.value': 'canary_handle', text: 'Canarytekst\nmet een tweede regel',
};

// A desk with a store; the caller ends it.
async function serve(binary, home) {
    mkdirSync(join(home, 'store'));
    execFileSync(binary, ['key', 'new', join(home, 'team.key')], { stdio: 'ignore' });
    const desk = { said: '', home };
    desk.process = spawn(binary, ['serve', '--listen', '127.0.0.1:0', '--store',
        `sqlite:${join(home, 'store', 'team.db')}`, '--key', join(home, 'team.key')], {
        cwd: home, env: { HOME: home, TMPDIR: home, PATH: '/usr/bin:/bin' },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    desk.process.stderr.on('data', (data) => { desk.said += data; });
    desk.base = await new Promise((resolve, reject) => {
        desk.process.stdout.on('data', (data) => {
            desk.said += data;
            const match = /^inbeeld: (http:\S+)\/$/m.exec(desk.said);
            if (match) {
                resolve(match[1]);
            }
        });
        desk.process.on('exit', (code) => reject(new Error(`ended with ${code}: ${desk.said}`)));
    });
    return desk;
}

export async function startTeam(binary, { test, open, check, button, languages }) {
    const home = mkdtempSync(join(tmpdir(), 'inbeeld-team-'));
    const desk = await serve(binary, home);
    const { base } = desk;
    // Another organisation has the number plate that is typed below: a hit.
    const theirs = join(home, 'theirs.csv');
    writeFileSync(theirs, 'id,source.kind,source.organisation,person.age,observations,party.vehicle\n'
        + 't1,ngo,ngo-b,19,CR-11=yes,XX-123-Y\n');
    execFileSync(binary, ['import', theirs, '--store', `sqlite:${join(home, 'store', 'team.db')}`,
        '--key', join(home, 'team.key')], { stdio: 'ignore' });
    rmSync(theirs);

    async function finding(page, language) {
        await page.goto(`${base}/${language}/card`);
        for (const value of ['age:teen', 'who:school', 'where:school', 'answer:no', 'answer:yes',
            'answer:yes', 'show']) {
            await page.click(button(value));
        }
    }
    async function unfold(page) {
        for (;;) {
            const summary = page.locator('main details:not([open]) > summary');
            if (await summary.count() === 0) {
                return;
            }
            await summary.first().click();
        }
    }
    async function keep(page, language, fields = typed, sex = 'm') {
        await finding(page, language);
        await page.click(button('keep'));
        await unfold(page);
        for (const [name, value] of Object.entries(fields)) {
            await page.fill(`[name="${name}"]`, value);
        }
        await page.check(`[name="person.1.sex"][value="${sex}"]`);
        await page.click(button('kept'));
        const match = new RegExp(`/${language}/signal/(\\d+)$`).exec(page.url());
        check(match, `not at a signal but at ${page.url()}`);
        return match[1];
    }
    const main = (page) => page.locator('main').innerText();
    // The page's markup without what is sealed.
    async function unsealed(page, number) {
        const html = await page.evaluate(() => {
            const copy = document.documentElement.cloneNode(true);
            copy.querySelector('.inb-sealed')?.remove();
            for (const stamp of copy.querySelectorAll('[name=stamp]')) {
                stamp.remove();
            }
            return copy.outerHTML;
        });
        return html.replaceAll(new RegExp(`(signal/|Signaal )${number}\\b`, 'g'), '$1N');
    }

    for (const language of languages) {
        test(`${language}: a signal is kept, passed on, corrected and retracted, by keyboard too`,
            () => open({}, async (page) => {
                await finding(page, language);
                check(/nog niets bewaard|Nothing is kept yet/.test(await main(page)), 'no promise');
                const number = await keep(page, language);
                let text = await main(page);
                for (const secret of secrets) {
                    check(text.includes(secret), `${secret} is not shown to its own team`);
                }
                await page.click('a[href$="/pass"]');
                await page.keyboard.press('Tab');
                await page.locator(button('pass')).focus();
                await page.keyboard.press('Enter');
                await page.waitForURL(`${base}/${language}/signal/${number}`);
                check(/Doorgezet:|Passed on:/.test(await main(page)), 'not passed on');
                // What was promised is found, and said to be given, by keyboard.
                await page.goto(`${base}/${language}/signals`);
                check(await page.locator('.inb-tag', { hasText: /Antwoord uiterlijk|Answer by/ })
                    .count() > 0, 'no mark in the list');
                await page.locator('a[href$="/signals/due"]').focus();
                await page.keyboard.press('Enter');
                await page.waitForURL(`${base}/${language}/signals/due`);
                const due = `a[href="/${language}/signal/${number}"]`;
                check(await page.locator(due).count() === 1, 'not among what is due');
                check(!/Canary/.test(await main(page)), 'a name in the list of what is due');
                await page.click(due);
                await page.locator(button('answer')).focus();
                await page.keyboard.press('Enter');
                await page.getByText(/Antwoord gegeven op|Answer given on/).waitFor();
                check(/Antwoord gegeven op|Answer given on/.test(await main(page)), 'not given');
                check(await page.locator(button('answer')).count() === 0, 'still asked for');
                await page.goto(`${base}/${language}/signals/due`);
                check(await page.locator(due).count() === 0, 'still due');
                await page.goto(`${base}/${language}/signal/${number}`);
                await page.click('a[href$="/correct"]');
                await unfold(page);
                await page.fill('[name="place"]', 'Canaryplaats 2');
                await page.locator(button('correct')).focus();
                await page.keyboard.press('Enter');
                await page.waitForURL(`${base}/${language}/signal/${number}`);
                text = await main(page);
                check(text.includes('Canaryplaats 2') && text.includes('Canarytekst'), 'not corrected');
                check(/Doorgezet:|Passed on:/.test(text), 'the passing is gone');
                await page.click('a[href$="/retract"]');
                check(!(await main(page)).includes('Canary'), 'a name where none is needed');
                await page.click(button('retract'));
                text = await main(page);
                check(/ingetrokken|retracted/.test(text) && !text.includes('Canary'), 'not retracted');
                const strange = page.addresses.filter((url) =>
                    !/^\/(css\/[a-z.]+|(nl|en)\/(card|keep|signals(\/due)?|signal\/\d+(\/(pass|answer|correct|retract))?))$/
                        .test(url.slice(base.length)));
                check(strange.length === 0, `addresses hold more than a number: ${strange}`);
            }));
    }

    test('what is wrong is said beside the field, and what was typed stays', () => open({},
        async (page) => {
            await finding(page, 'nl');
            await page.click(button('keep'));
            await unfold(page);
            await page.fill('[name="person.1.name"]', 'Canaryname');
            await page.fill('[name="person.1.birth_date"]', '3 maart');
            await page.click(button('kept'));
            check(await page.locator('#errors:focus').count() === 1, 'the summary has no focus');
            const where = await page.locator('#errors a').getAttribute('href');
            check(where === '#person.1.birth_date', where);
            const field = page.locator('[name="person.1.birth_date"]');
            check(await field.isVisible() && await field.inputValue() === '3 maart', 'lost');
            check(await field.getAttribute('aria-invalid') === 'true', 'not told to a reader');
            check(await page.inputValue('[name="person.1.name"]') === 'Canaryname', 'lost a name');
            await page.click('.inb-language');
            check(await page.locator('html').getAttribute('lang') === 'en', 'not in English');
            check(await page.inputValue('[name="person.1.name"]') === 'Canaryname', 'lost again');
        }));

    for (const language of languages) {
        test(`${language}: a municipality is typed by name, wrong ones are said beside the field`,
            () => open({}, async (page) => {
                await finding(page, language);
                await page.click(button('keep'));
                await unfold(page);
                const field = page.locator('[name=municipality]');
                check(await page.locator('#municipality-list option').count() === 342, 'no list');
                await field.fill('Nergenshuizen');
                await page.click(button('kept'));
                check(await page.locator('#errors:focus').count() === 1, 'no summary');
                check(await page.locator('#errors a').getAttribute('href') === '#municipality',
                    'leads elsewhere');
                check(await field.getAttribute('aria-invalid') === 'true', 'not told to a reader');
                check(await page.locator('#municipality-error').isVisible(), 'not beside it');
                check(await field.inputValue() === 'Nergenshuizen', 'lost');
                await field.fill('den haag');
                await field.press('Enter');
                await page.waitForURL(/signal\/\d+$/);
                check((await main(page)).includes("'s-Gravenhage"), 'not shown');
                await page.click('a[href$="/correct"]');
                await unfold(page);
                check(await field.inputValue() === "'s-Gravenhage", 'not in the form');
            }));
    }

    test('swap: sex, nationality and name change no byte but those that are sealed (R9, R30, R35)',
        () => open({ javaScriptEnabled: true }, async (page) => {
            const pages = [];
            for (const [name, sex] of [['Zwaluwtje Canaryname', 'm'], ['Anders Canaryname', 'f']]) {
                const number = await keep(page, 'nl', { 'person.1.name': name }, sex);
                await unfold(page);
                const routes = await page.locator('.inb-route__name').allInnerTexts();
                check(routes.length > 0, 'no routes');
                pages.push([await unsealed(page, number), routes.join('|')]);
            }
            check(pages[0][0] === pages[1][0], 'the pages differ');
            check(pages[0][1] === pages[1][1], 'the routes differ');
            check(!pages[0][0].includes('Canary'), 'a name outside what is sealed');
        }));

    test('a form from elsewhere does nothing', () => open({}, async (page, context) => {
        const number = await keep(page, 'nl', {});
        await page.click('a[href$="/retract"]');
        const stamp = await page.locator('input[name=stamp]').getAttribute('value');
        const url = `${base}/nl/signal/${number}/retract`;
        const send = (form, headers) => context.request.post(url, { form, headers, maxRedirects: 0 });
        let answer = await send({ version: '1', do: 'retract' });
        check(answer.status() === 403, `without a stamp ${answer.status()}`);
        answer = await send({ stamp, version: '1', do: 'retract' },
            { 'Sec-Fetch-Site': 'cross-site' });
        check(answer.status() === 403, `from elsewhere ${answer.status()}`);
        answer = await send({ stamp, version: '9', do: 'retract' });
        check(answer.status() === 409, `another version ${answer.status()}`);
        await page.goto(`${base}/nl/signal/${number}`);
        check((await main(page)).includes('Versie 1'), 'something was done');
        answer = await context.request.get(url);
        check(answer.headers()['cache-control'] === 'no-store', 'a browser may keep it');
        check(!/unsafe/.test(answer.headers()['content-security-policy']), 'policy');
    }));

    const here = {};
    const states = [
        ['front with a store', (p, l) => p.goto(`${base}/${l}/`)],
        ['what is kept', (p, l) => p.goto(`${base}/${l}/about`)],
        ['finding with a store', (p, l) => finding(p, l)],
        ['keep', (p) => p.click(button('keep'))],
        ['keep unfolded', unfold],
        ['keep with errors', async (p) => {
            await p.fill('[name="person.1.birth_date"]', '3 maart');
            await p.fill('[name="text"]', 'nummer 111222333');
            await p.fill('[name="municipality"]', 'Nergenshuizen');
            await p.click(button('kept'));
        }],
        ['keep and pass on', async (p) => {
            await p.click(button('back'));
            await p.click(button('pass'));
        }],
        ['signal', async (p, l) => { here[l] = await keep(p, l); }],
        ['signal unfolded', unfold],
        ['pass', (p, l) => p.goto(`${base}/${l}/signal/${here[l]}/pass`)],
        ['pass with errors', async (p) => {
            await p.fill('[name="answer_by"]', '2020-01-01');
            await p.click(button('pass'));
        }],
        ['passed on', async (p) => {
            await p.fill('[name="answer_by"]', new Date(Date.now() + 864e5).toISOString().slice(0, 10));
            await p.click(button('pass'));
        }],
        ['answers still to come', (p, l) => p.goto(`${base}/${l}/signals/due`)],
        ['correct', (p, l) => p.goto(`${base}/${l}/signal/${here[l]}/correct`)],
        ['correct unfolded', unfold],
        ['retract', (p, l) => p.goto(`${base}/${l}/signal/${here[l]}/retract`)],
        ['joined', async (p, l) => {
            await keep(p, l);
            check(await p.locator('form[action$="/part"]').count() === 1, 'not joined');
            await unfold(p);
        }],
        ['signals', (p, l) => p.goto(`${base}/${l}/signals`)],
        ['hits', async (p, l) => {
            await p.goto(`${base}/${l}/hits`);
            check(/(Hit met|Hit with) ngo-b/.test(await main(p)), 'no hit');
            check(!(await main(p)).includes('t1'), 'the other signal is named');
        }],
        ['the picture of the team', (p, l) => p.goto(`${base}/${l}/signals/picture`)],
        ['retracted', async (p, l) => {
            await p.goto(`${base}/${l}/signal/${here[l]}/retract`);
            await p.click(button('retract'));
        }],
        ['no such signal', (p, l) => p.goto(`${base}/${l}/signal/999999`)],
    ];

    const last = [
        ['a team\'s desk ends cleanly and said its address and nothing else', async () => {
            desk.process.removeAllListeners('exit');
            const ended = new Promise((resolve) => desk.process.on('exit', resolve));
            desk.process.kill('SIGTERM');
            check(await ended === 0, 'it did not end well');
            check(desk.said === `inbeeld: ${base}/\n`, desk.said);
        }],
        ['no test string of a name, address, phone or text is found in any file', async () => {
            const files = readdirSync(join(home, 'store'));
            check(files.includes('team.db'), `found ${files}`);
            for (const file of files) {
                const bytes = readFileSync(join(home, 'store', file)).toString('latin1');
                for (const secret of secrets) {
                    check(!bytes.includes(secret), `a secret stands in ${file}`);
                }
            }
            const beside = readdirSync(home).sort().join(' ');
            check(beside === 'store team.key team.key.rings', `written beside it: ${beside}`);
        }],
        ['the log of the team is whole, with a row for each page', async () => {
            const said = execFileSync(binary, ['audit', 'verify', '--store',
                `sqlite:${join(home, 'store', 'team.db')}`], { encoding: 'utf8', cwd: home });
            check(/\d\d/.test(said), said);
            rmSync(home, { recursive: true, force: true });
        }],
    ];
    return { base, states, last };
}
