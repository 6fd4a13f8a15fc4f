// The few elements that every part of the page is made of. All text goes in as text, never as markup.
import { words } from './words.js';

export const byId = id => document.getElementById(id);
export const nowrap = 'nowrap';
export const word = (list, key) => list[key] ?? String(key ?? '').replaceAll(/[_-]/g, ' ');

export function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined && text !== null) element.textContent = text;
  if (className) element.className = className;
  return element;
}

// columns: [name, className]; cells: text, or an element.
export function table(id, columns, rows, none) {
  const place = document.querySelector(`#${id} .body`);
  if (rows.length === 0) return place.replaceChildren(make('p', none, 'empty'));
  const result = make('table'), head = make('thead'), line = make('tr'), body = make('tbody');
  for (const [name, className] of columns) line.append(make('th', name, className));
  head.append(line);
  for (const cells of rows) {
    const row = make('tr');
    cells.forEach((cell, i) => {
      const td = make('td', undefined, columns[i][1]);
      td.dataset.name = columns[i][0];
      td.append(...[cell].flat().filter(part => part !== ''));
      row.append(td);
    });
    body.append(row);
  }
  result.append(head, body);
  place.replaceChildren(result);
}
