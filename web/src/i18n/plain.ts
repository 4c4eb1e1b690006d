// Plainer words for 关怀版: as one would say it to an old neighbour. Only what differs; the keys are those of zh.ts.
import type { Words } from './zh';

type Part<T> = { [K in keyof T]?: T[K] extends string ? string : Part<T[K]> };

export const plainZh: Part<Words> = {
  brandLine: '看病、检查、用药都记在这里',
  nav: { overview: '全县情况', find: '找人' },
  record: {
    tabs: { summary: '主要情况', timeline: '看病经过', trends: '指标变化', medicines: '吃的药', family: '家里人', sources: '在哪看的病' },
    chronic: '老毛病', chronicNone: '没有记着的老毛病', problems: '有什么病', vitals: '血压、体重等', results: '化验', outsideFirst: '不正常的在前面', vaccines: '打过的疫苗', recent: '最近看病', allergyUnknown: '对什么过敏：没有记着',
    rangeUnknown: '没写正常范围', range: '正常范围 {{text}}', resolved: '已经好了的 {{n}} 项', latest: '最近一次',
  },
  flag: { high: '高了', low: '低了', abnormal: '不正常', within: '正常' },
  intake: { taking: '正在吃', runOut: '药该吃完了', ended: '不吃了', unclear: '没写吃多久' },
  medicine: { current: '现在吃的药', noneCurrent: '现在没有要吃的药', noDosage: '没写怎么吃', until: '药够吃到 {{day}}' },
  timeline: { kinds: { visit: '看病', diagnosis: '诊断', vital: '血压体温', result: '化验检查', medicine: '开药', procedure: '手术治疗', immunisation: '打疫苗', plan: '计划' }, institution: '医院', anyInstitution: '全部医院', outsideOnly: '只看不正常的' },
  overview: { pyramid: '男女老少有多少人', conditions: '哪些病的人多', visits: '每月看病的人次', changes: '刚刚记下的' },
};

export const plainEn: Part<Words> = {
  brandLine: 'Your visits, tests and medicines',
  nav: { overview: 'The county', find: 'Find a person' },
  record: {
    tabs: { summary: 'Main points', timeline: 'What happened', trends: 'How it changed', medicines: 'Medicines', family: 'Family', sources: 'Where' },
    chronic: 'Long illnesses', chronicNone: 'No long illness written down', problems: 'Illnesses', vitals: 'Blood pressure, weight …', results: 'Tests', outsideFirst: 'not normal first', vaccines: 'Vaccines', recent: 'Latest visits', allergyUnknown: 'Allergies: not written down',
    rangeUnknown: 'normal range not given', range: 'Normal {{text}}', resolved: '{{n}} are over', latest: 'Latest',
  },
  flag: { high: 'Too high', low: 'Too low', abnormal: 'Not normal', within: 'Normal' },
  intake: { taking: 'Taking now', runOut: 'Should be used up', ended: 'Stopped', unclear: 'How long: not written' },
  medicine: { current: 'Medicines now', noneCurrent: 'No medicine now', noDosage: 'How to take it: not written', until: 'lasts until {{day}}' },
  timeline: { institution: 'Hospital', anyInstitution: 'All hospitals', outsideOnly: 'Only what is not normal' },
  overview: { pyramid: 'How many people, how old', conditions: 'Common illnesses', visits: 'Visits each month', changes: 'Just written' },
};
