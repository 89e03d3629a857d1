"""How the report looks, in light and in dark, wide and narrow.

Gain and loss are blue and orange: the pair that every kind of colour vision tells apart.
"""

STYLE = """
:root { color-scheme: light dark;
  --bg: #f6f7f8; --card: #ffffff; --ink: #1b2127; --soft: #56616b; --line: #dfe4e8;
  --grid: #e9edf0; --gain: #0a5fa6; --loss: #b9480a; --third: #7a4a93; --calm: #6b7680;
  --warn-bg: #fff2d9; --warn-ink: #6b4100; --warn-line: #e0a33a; }
@media (prefers-color-scheme: dark) { :root {
  --bg: #11151a; --card: #191f26; --ink: #e7ecf0; --soft: #a3b0bc; --line: #2e3842;
  --grid: #262f38; --gain: #64b5f6; --loss: #ff9d5c; --third: #c79be0; --calm: #93a0ab;
  --warn-bg: #3a2c0d; --warn-ink: #ffdf9e; --warn-line: #a87b24; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
main, header, footer { max-width: 1120px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { font-size: 25px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 0 0 12px; }
h3 { font-size: 15px; margin: 18px 0 6px; }
p { margin: 0 0 10px; }
a { color: var(--gain); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 18px 20px 16px; margin: 16px 0; }
nav { margin: 14px 0 0; display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 14px; }
.sub, .note, figcaption, footer { color: var(--soft); font-size: 13.5px; }
.sub { overflow-wrap: anywhere; }
.note { margin: 6px 0 10px; max-width: 85ch; }
.banner { background: var(--warn-bg); color: var(--warn-ink); padding: 10px 20px;
  border-bottom: 2px solid var(--warn-line); text-align: center; font-weight: 600; }
.verdict { border-left: 8px solid var(--calm); }
.verdict.to-gain { border-left-color: var(--gain); }
.verdict.to-loss { border-left-color: var(--loss); }
.word { font-size: 32px; line-height: 1.15; font-weight: 700; margin: 0 0 6px; }
.because { font-size: 16.5px; max-width: 75ch; }
.checks { list-style: none; margin: 12px 0; padding: 0; }
.checks li { display: grid; grid-template-columns: 86px 195px 1fr; gap: 2px 12px;
  padding: 6px 0; border-top: 1px solid var(--line); }
.checks b { font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px;
  margin: 0; }
.tiles div { border: 1px solid var(--line); border-radius: 8px; padding: 9px 12px; }
.tiles dt { color: var(--soft); font-size: 13px; }
.tiles dd { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles small { display: block; color: var(--soft); font-size: 12.5px; font-weight: 400; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(430px, 100%), 1fr));
  gap: 8px 28px; align-items: start; }
.pair > div { min-width: 0; }
.scroll { overflow-x: auto; }
table { position: relative; border-collapse: collapse; width: 100%; font-size: 14px;
  margin: 4px 0 8px; }
caption { text-align: left; font-weight: 600; padding: 4px 0; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: 13px; vertical-align: bottom; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.keep { white-space: nowrap; }
.long { overflow-wrap: anywhere; min-width: 15ch; }
code, .hash { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace;
  font-size: 12.5px; overflow-wrap: anywhere; }
.gain { color: var(--gain); } .loss { color: var(--loss); } .flat { color: var(--soft); }
h3 + .pair caption { position: absolute; clip-path: inset(50%); }
figure { margin: 4px 0 10px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font-size: 12px; fill: var(--soft); }
svg text.name { fill: var(--ink); } svg text.strong { fill: var(--ink); font-weight: 600; }
.grid, .axis, .zero, .series, .dash, .whisker { fill: none; }
.grid { stroke: var(--grid); } .axis { stroke: var(--soft); } .zero { stroke: var(--calm); }
.series { stroke-width: 1.8; stroke-linejoin: round; }
.dash { stroke: var(--calm); stroke-width: 1.4; stroke-dasharray: 5 4; }
.s1 { stroke: var(--gain); } .s2 { stroke: var(--loss); } .s3 { stroke: var(--third); }
.f1 { fill: var(--gain); } .f2 { fill: var(--loss); } .f3 { fill: var(--third); }
.f0 { fill: var(--calm); }
.whisker { stroke: var(--calm); stroke-width: 2; }
.firm { fill: none; stroke: var(--ink); stroke-width: 2; } .f9 { fill: var(--ink); }
.thin { fill: none; stroke: var(--ink); stroke-dasharray: 3 4; }
.under { fill: var(--loss); fill-opacity: .22; stroke: var(--loss); stroke-width: 1; }
.mark { stroke: var(--card); stroke-width: 1.2; }
details { margin: 4px 0; }
summary { cursor: pointer; padding: 3px 0; }
summary:focus-visible, a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--gain); }
.page > summary { font-weight: 600; padding: 8px 0; border-top: 1px solid var(--line); }
.trades td { border-bottom: 0; padding-top: 9px; padding-bottom: 0; }
.trades .why td { border-bottom: 1px solid var(--line); padding: 0 0 7px; }
.why summary { color: var(--soft); font-size: 13.5px; }
.trades small { display: block; color: var(--soft); font-size: 12.5px; }
.trades td { white-space: nowrap; } .trades .why td { white-space: normal; }
.why .box { display: grid; grid-template-columns: minmax(0, 560px) minmax(0, 1fr); gap: 6px 24px; }
.why .box p { overflow-wrap: anywhere; }
footer { padding-top: 4px; padding-bottom: 40px; overflow-wrap: anywhere; }
@media (max-width: 640px) {
  main, header, footer { padding-left: 12px; padding-right: 12px; }
  section { padding: 14px 12px 12px; }
  svg text { font-size: 16px; }
  .checks li { grid-template-columns: 86px 1fr; }
  .checks li span:last-child { grid-column: 1 / -1; }
  .why .box { grid-template-columns: minmax(0, 1fr); }
  .why details { max-width: calc(100vw - 50px); }
  .trades td { font-size: 13px; padding-right: 8px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .word { font-size: 26px; } }
@media print { body { background: #fff; } nav { display: none; } section { break-inside: avoid; } }
"""
