'use strict';
// Draws the charts that stand as JSON in #data, each into the figure that names its index. Both axes are handed to uPlot as plain
// numbers: where an axis is logarithmic, the logarithm is taken here, and undone for every label.
(() => {
  const DASHES = [[], [7, 4], [2, 3], [10, 3, 2, 3], [14, 5], [4, 2]];
  const LIGHT = {'--ground': '#fff', '--panel': '#fff', '--text': '#000', '--dim': '#444', '--rule': '#ccc'};
  const charts = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const plots = [];
  let printing = false;

  // Numbers as the tables have them: three significant digits and a unit that suits the size.
  const plain = v => {
    const text = v.toPrecision(3);
    return text.includes('e') ? String(Number(text)) : text;
  };
  const scaled = (v, units) => {
    const rounded = Math.abs(Number(v.toPrecision(3)));
    const [, name, size] = units.find(([least]) => rounded >= least) || units[units.length - 1];
    return plain(v / size) + name;
  };
  const FORMAT = {
    time: v => v === 0 ? '0 ns' : scaled(v, [[1e9, ' s', 1e9], [1e6, ' ms', 1e6], [1e3, ' us', 1e3], [1, ' ns', 1]]),
    count: v => v === 0 ? '0' : scaled(v, [[1e9, 'G', 1e9], [1e6, 'M', 1e6], [1e4, 'k', 1e3], [1, '', 1]]),
    percent: v => String(Number(v.toPrecision(9))) + ' %',
    mbit: plain,
    number: plain,
  };
  const tick = (unit, v) => FORMAT[unit](v).replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
  // Of times and percentages each tick says its unit.
  const UNITS = {time: '', count: '1/s', mbit: 'Mbit/s', percent: '', number: ''};

  const SCALES = {
    linear: {to: v => v, from: v => v},
    names: {to: v => v, from: v => v},
    log: {to: Math.log10, from: v => 10 ** v},
    percentile: {to: q => -Math.log10(1 - q / 100), from: v => 100 * (1 - 10 ** -v)},
  };

  // Places of the ticks, in the numbers that uPlot has.
  const splits = (scale, places, names) => (u, axis, min, max) => {
    const room = (axis === 0 ? u.bbox.width / 70 : u.bbox.height / 34) / devicePixelRatio;
    if (scale === 'percentile') {
      const at = [0, Math.log10(2)];
      for (let decade = 1; decade <= max; decade++) at.push(decade);
      // Where it is narrow, 0 % would run into 50 %.
      return at.filter(v => v <= max && (v > 0 || u.bbox.width / devicePixelRatio * Math.log10(2) / max > 40));
    }
    if (scale === 'names') {
      const step = Math.max(1, Math.ceil(names.length / Math.max(1, room)));
      return names.map((_, i) => i).filter(i => i % step === 0);
    }
    if (scale === 'log') {
      if (axis === 0) {
        // The rates that were measured, as far as their labels do not meet.
        const near = (max - min) * 58 * devicePixelRatio / u.bbox.width;
        return places.reduce((kept, v) => kept.length && v - kept[kept.length - 1] < near ? kept : [...kept, v], []);
      }
      const parts = max - min < 1 ? [1, 1.5, 2, 3, 4, 5, 7] : max - min < 3 ? [1, 2, 5] : [1];
      const step = parts.length > 1 ? 1 : Math.max(1, Math.ceil((max - min) / room));
      const at = [];
      for (let decade = Math.floor(min); decade <= max; decade += step) {
        parts.forEach(part => at.push(decade + Math.log10(part)));
      }
      return at.filter(v => v >= min && v <= max);
    }
    const rough = (max - min) / Math.max(2, room);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find(factor => power * factor >= rough);
    const at = [];
    for (let i = Math.ceil(min / step); i * step <= max; i++) at.push(i * step);
    return at;
  };

  // Colours. A transport keeps its own; where it would hardly be seen on this ground it moves towards the text's.
  const css = name =>
    printing ? LIGHT[name] : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const rgb = hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  const luminance = colour => {
    const [r, g, b] = colour.map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paint = (hex, alpha = 1) => {
    const isDark = dark.matches && !printing;
    const ground = isDark ? 0.016 : 0.91;
    let colour = rgb(hex);
    const contrast = () => {
      const l = luminance(colour);
      return (Math.max(l, ground) + 0.05) / (Math.min(l, ground) + 0.05);
    };
    for (let i = 0; i < 20 && contrast() < (isDark ? 3.5 : 1.8); i++) {
      colour = colour.map(c => isDark ? c + (255 - c) * 0.12 : c * 0.94);
    }
    return `rgba(${colour.map(Math.round)},${alpha})`;
  };

  const table = (where, rows) => {
    const wide = document.createElement('div');
    wide.className = 'wide';
    wide.tabIndex = 0;
    const cells = document.createElement('table');
    rows.forEach((row, i) => {
      const line = cells.insertRow();
      row.forEach(text => {
        const cell = document.createElement(i === 0 ? 'th' : 'td');
        cell.className = 'l';
        cell.textContent = text;
        line.append(cell);
      });
    });
    wide.append(cells);
    where.append(wide);
  };

  const draw = (figure, chart) => {
    const x = SCALES[chart.x.scale];
    const y = SCALES[chart.y.scale];
    const shown = v => chart.y.scale !== 'log' || v > 0;
    const raw = [...new Set(chart.lines.flatMap(line => line.marks.map(mark => mark[0])))]
      .filter(v => chart.x.scale !== 'log' || v > 0).sort((a, b) => a - b);
    const places = raw.map(x.to);
    const index = new Map(raw.map((v, i) => [v, i]));
    // Null where a line has nothing to tell, which breaks it; undefined where only other lines have a place, which does not.
    const at = chart.lines.map(line => {
      const marks = new Array(raw.length).fill(undefined);
      line.marks.forEach(mark => {
        if (index.has(mark[0])) marks[index.get(mark[0])] = mark.length > 1 && shown(mark[1]) ? mark : null;
      });
      return marks;
    });
    const column = (marks, i) => marks.map(mark => mark ? (shown(mark[i]) ? y.to(mark[i]) : null) : mark);

    const place = i => chart.names ? chart.names[raw[i]] : FORMAT[chart.x.unit](raw[i]);
    const told = mark => {
      if (!mark) return '';
      const text = FORMAT[chart.y.unit];
      return text(mark[1]) + (mark[2] < mark[3] ? ` (${text(mark[2])} - ${text(mark[3])})` : '')
        + (mark[5] ? ', ' + mark[5] : '') + (mark[4] ? '' : ', INVALID');
    };
    figure.querySelector('details').addEventListener('toggle', event => {
      const rows = [[chart.x.label, ...chart.lines.map(line => line.name)],
        ...raw.map((_, i) => [place(i), ...at.map(marks => told(marks[i]))])];
      table(event.target, rows);
    }, {once: true});

    const data = [places];
    const series = [{}];
    const bands = [];
    const own = [];
    chart.lines.forEach((line, n) => {
      const first = series.length;
      const dash = line.theory ? [3, 4] : DASHES[line.style % DASHES.length];
      const where = valid => at[n].map((mark, i) => mark && mark[4] === valid ? i : -1).filter(i => i >= 0);
      const stroke = () => paint(line.colour);
      const hasPoints = chart.x.scale !== 'percentile' && !line.theory;
      data.push(column(at[n], 1), column(at[n], 3), column(at[n], 2));
      series.push({
        stroke, dash, width: line.theory ? 1.5 : 2,
        points: {show: hasPoints, size: 6, fill: stroke, filter: () => hasPoints ? where(1) : null},
      });
      for (let i = 0; i < 2; i++) series.push({stroke: 'transparent', width: 0, points: {show: false}});
      if (!line.theory) bands.push({series: [first + 1, first + 2], fill: () => paint(line.colour, 0.16)});
      if (where(0).length > 0) {
        data.push(column(at[n], 1));
        series.push({
          stroke, paths: () => null,
          points: {show: true, size: 8, width: 1.5, fill: () => css('--panel'), filter: () => where(0)},
        });
      }
      own.push([first, series.length]);
    });

    const plot = figure.querySelector('.plot');
    const size = () => {
      const width = printing ? 660 : plot.clientWidth;
      return {width, height: width < 500 ? 270 : 340};
    };
    const axis = (about, more) => ({
      label: about.label + (UNITS[about.unit] ? ', ' + UNITS[about.unit] : ''),
      stroke: () => css('--text'), font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif',
      grid: {stroke: () => css('--rule'), width: 1}, ticks: {stroke: () => css('--rule'), width: 1},
      ...more,
    });
    const pad = (min, max, share) => {
      const room = max > min ? (max - min) * share : Math.max(Math.abs(max) * 0.1, 0.05);
      return [min - room, max + room];
    };
    const legend = figure.querySelector('.legend');
    const where = document.createElement('div');
    where.className = 'at';
    where.setAttribute('aria-live', 'polite');
    const values = [];
    const tell = u => {
      const i = u.cursor.idx;
      const isOn = i !== null && i !== undefined && u.cursor.left >= 0;
      where.textContent = !isOn ? '' : (chart.names ? '' : chart.x.label + ' ') + place(i);
      values.forEach((output, n) => { output.textContent = isOn ? told(at[n][i]) : ''; });
    };
    const u = new uPlot({
      ...size(),
      legend: {show: false},
      cursor: {drag: {x: false, y: false}, points: {show: false}},
      scales: {
        x: {time: false, range: (_, min, max) => chart.x.scale === 'percentile' ? [0, max + 0.1] : pad(min, max, 0.04)},
        y: {range: (_, min, max) => min === null ? [0, 1] : pad(min, max, 0.05)},
      },
      axes: [
        axis(chart.x, {
          size: 32, labelSize: 22,
          splits: splits(chart.x.scale, places, chart.names),
          values: (_, at) => at.map(v => chart.names ? chart.names[v] : tick(chart.x.unit, x.from(v))),
        }),
        axis(chart.y, {
          size: 62, labelSize: 20,
          splits: splits(chart.y.scale, []),
          values: (_, at) => at.map(v => tick(chart.y.unit, y.from(v))),
        }),
      ],
      series, bands,
      hooks: {setCursor: [tell]},
    }, data, plot);

    legend.append(where);
    chart.lines.forEach((line, n) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      const swatch = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      swatch.setAttribute('width', 30);
      swatch.setAttribute('height', 10);
      swatch.setAttribute('aria-hidden', 'true');
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', 'M0 5H30');
      path.setAttribute('stroke-width', line.theory ? 1.5 : 2.5);
      path.setAttribute('stroke-dasharray', (line.theory ? [3, 4] : DASHES[line.style % DASHES.length]).join(' '));
      swatch.append(path);
      const name = document.createElement('span');
      name.textContent = line.name;
      values.push(document.createElement('output'));
      button.append(swatch, name, values[n]);
      button.addEventListener('click', () => {
        const show = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(show));
        u.batch(() => {
          for (let i = own[n][0]; i < own[n][1]; i++) u.setSeries(i, {show});
        });
      });
      legend.append(button);
    });
    plot.addEventListener('keydown', event => {
      const steps = {ArrowLeft: -1, ArrowRight: 1, Home: -raw.length, End: raw.length};
      if (!(event.key in steps)) return;
      event.preventDefault();
      const from = u.cursor.left >= 0 && u.cursor.idx !== null ? u.cursor.idx : -1;
      const to = Math.min(raw.length - 1, Math.max(0, from + steps[event.key]));
      u.setCursor({left: u.valToPos(places[to], 'x'), top: u.bbox.height / devicePixelRatio / 2});
    });
    plot.addEventListener('blur', () => u.setCursor({left: -10, top: -10}));

    const recolour = () => {
      legend.querySelectorAll('path').forEach((path, n) => path.setAttribute('stroke', paint(chart.lines[n].colour)));
    };
    const fit = () => {
      const wanted = size();
      if (wanted.width > 0 && wanted.width !== u.width) u.setSize(wanted);
    };
    recolour();
    new ResizeObserver(() => printing || fit()).observe(plot);
    plots.push({u, chart, places, own, again: () => { fit(); recolour(); u.redraw(false); }});
  };

  document.querySelectorAll('.rounds').forEach(order => {
    const rows = JSON.parse(order.dataset.rows);
    order.querySelectorAll('[data-forks]').forEach(round => round.dataset.forks.split(' ').forEach(fork => {
      const [, index, row, failed] = /^(\d+):(\d+)(x?)$/.exec(fork);
      const square = document.createElement('i');
      square.setAttribute('role', 'img');
      square.title = index + ': ' + rows[row][0];
      square.style.background = rows[row][1];
      square.textContent = failed;
      if (failed) square.className = 'failed';
      round.append(square);
    }));
  });

  const again = () => plots.forEach(plot => plot.again());
  document.querySelectorAll('figure[data-chart]').forEach(figure => draw(figure, charts[figure.dataset.chart]));
  dark.addEventListener('change', again);
  addEventListener('beforeprint', () => { printing = true; again(); });
  addEventListener('afterprint', () => { printing = false; again(); });
  window.fizeau = {plots};
})();
