// Paints the lanes on a canvas: two thousand marks at every step of a zoom are too many for elements.
import { colour, FONT, kindColour } from '../../theme/tokens';
import { radiusOf, type Cluster, type Lane } from './cluster';
import { xOf, type Tick, type View } from './scale';

export interface Scene { lanes: Lane[]; ticks: Tick[]; view: View; width: number; laneHeight: number; axisHeight: number; scale: number; now: number; chosen?: string }

export const sceneHeight = (scene: Pick<Scene, 'lanes' | 'laneHeight' | 'axisHeight'>) => scene.axisHeight + scene.lanes.length * scene.laneHeight;

export function draw(canvas: HTMLCanvasElement, scene: Scene) {
  const ratio = window.devicePixelRatio || 1;
  const height = sceneHeight(scene);
  if (canvas.width !== Math.round(scene.width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(scene.width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, scene.width, height);
  drawGrid(pen, scene, height);
  scene.lanes.forEach((lane, i) => drawLane(pen, scene, lane, scene.axisHeight + (i + 0.5) * scene.laneHeight));
}

function drawGrid(pen: CanvasRenderingContext2D, scene: Scene, height: number) {
  scene.lanes.forEach((_, i) => {
    pen.fillStyle = i % 2 === 0 ? colour.sunk : colour.paper;
    pen.fillRect(0, scene.axisHeight + i * scene.laneHeight, scene.width, scene.laneHeight);
  });
  pen.textBaseline = 'middle';
  for (const tick of scene.ticks) {
    const x = Math.round(xOf(scene.view, scene.width, tick.ms)) + 0.5;
    pen.strokeStyle = tick.major ? colour.line : colour.hair;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x, scene.axisHeight - 4);
    pen.lineTo(x, height);
    pen.stroke();
    pen.fillStyle = tick.major ? colour.ink : colour.soft;
    pen.font = `${tick.major ? 600 : 400} ${13 * scene.scale}px ${FONT}`;
    if (x < scene.width - 24 * scene.scale) pen.fillText(tick.label, x + 4, scene.axisHeight / 2);
  }
  const today = xOf(scene.view, scene.width, scene.now);
  if (today >= 0 && today <= scene.width) {
    pen.strokeStyle = colour.danger;
    pen.setLineDash([4, 4]);
    pen.beginPath();
    pen.moveTo(today, scene.axisHeight);
    pen.lineTo(today, height);
    pen.stroke();
    pen.setLineDash([]);
  }
}

function drawLane(pen: CanvasRenderingContext2D, scene: Scene, lane: Lane, y: number) {
  const tint = kindColour[lane.kind];
  pen.fillStyle = tint;
  pen.globalAlpha = 0.22;
  const thick = 8 * scene.scale;
  for (const span of lane.spans) {
    const from = Math.max(-10, span.x1);
    pen.beginPath();
    pen.roundRect(from, y - thick / 2, Math.min(scene.width + 10, span.x2) - from, thick, thick / 2);
    pen.fill();
  }
  pen.globalAlpha = 1;
  for (const cluster of lane.clusters) drawCluster(pen, scene, cluster, y, tint);
}

function drawCluster(pen: CanvasRenderingContext2D, scene: Scene, cluster: Cluster, y: number, tint: string) {
  const radius = radiusOf(cluster, scene.scale);
  const chosen = scene.chosen !== undefined && cluster.events.some((event) => event.key === scene.chosen);
  pen.beginPath();
  pen.arc(cluster.x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = tint;
  pen.fill();
  pen.lineWidth = chosen ? 3.5 : 1.5;
  pen.strokeStyle = chosen ? colour.focus : colour.paper;
  pen.stroke();
  if (cluster.events.length > 1) {
    pen.fillStyle = colour.paper;
    pen.font = `600 ${11 * scene.scale}px ${FONT}`;
    pen.textAlign = 'center';
    pen.fillText(cluster.events.length > 999 ? '1k+' : String(cluster.events.length), cluster.x, y + 0.5 * scene.scale);
    pen.textAlign = 'start';
  }
  if (cluster.outside > 0) {
    pen.beginPath();
    pen.arc(cluster.x + radius * 0.75, y - radius * 0.75, 3.5 * scene.scale, 0, 2 * Math.PI);
    pen.fillStyle = colour.danger;
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = colour.paper;
    pen.stroke();
  }
}
