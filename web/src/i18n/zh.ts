// Chinese comes first; `en.ts` has the same keys.
import { keepingZh } from '../keeping/words.zh';

export const zh = {
  brand: '智慧医疗',
  brandLine: '区域健康档案平台',
  synthetic: { short: '演示数据', long: '本站全部居民与记录均为程序生成，不对应任何真实个人' },
  nav: { main: '主导航', overview: '概览', find: '找人', skip: '跳到正文', home: '首页' },
  size: { label: '字号', s: '标准', m: '大', l: '特大' },
  language: { label: '语言', other: 'English' },
  state: {
    loading: '正在读取…',
    unrecorded: '未记录',
    retry: '重试',
    offline: { title: '连不上服务器', help: '请检查网络；连上后点“重试”。此前显示的内容可能已不是最新。' },
    late: { title: '服务器没有按时回答', help: '服务器可能正忙。请稍候再试；若反复如此，请告知管理员。' },
    refused: { title: '服务器没有接受这个请求', help: '服务器给出的原因如下。' },
    garbled: { title: '收到的内容无法读懂', help: '服务器的回答不是有效的 FHIR 数据，请告知管理员。' },
    missing: { title: '没有这份档案', help: '编号可能写错，或档案已被删除。可以回到“找人”重新查找。' },
    broken: { title: '页面出错了', help: '这是本页自身的错误，数据没有受到影响。请刷新页面。' },
    requestId: '请求编号',
    status: '状态码',
    offlineBar: '网络已断开，显示的内容可能不是最新',
    partial: '仅统计前 {{n}} 条',
    notFound: { title: '没有这个页面', help: '地址可能写错了。' },
    back: '回到概览',
  },
  types: {
    Patient: '居民', Encounter: '就诊', Condition: '诊断', Observation: '观察与检验', MedicationRequest: '用药', DiagnosticReport: '报告',
    Procedure: '操作与手术', Immunization: '预防接种', AllergyIntolerance: '过敏', CarePlan: '照护计划', CareTeam: '签约团队', Coverage: '参保',
    Organization: '机构', Practitioner: '医务人员', PractitionerRole: '任职', Location: '地点', RelatedPerson: '亲属', Device: '设备',
  } as Record<string, string>,
  overview: {
    title: '概览', lead: '本区域全部健康档案，来自一份统一的记录',
    residents: '建档居民', institutions: '机构', resources: '记录总数', counts: '各类记录',
    pyramid: '人口金字塔', pyramidNote: '健在居民，按年龄与性别', male: '男', female: '女', people: '人', ageAxis: '岁',
    conditions: '常见诊断', conditionsNote: '曾被诊断的人数', chronic: '慢性病', allConditions: '全部', visits: '每月就诊', visitsNote: '有记录的最近 24 个月', visitsUnit: '人次',
    changes: '最近变更', changesNote: '按写入先后', created: '新增', updated: '更新', removed: '删除', noData: '还没有数据', noDataHelp: '导入或生成数据后，这里会显示统计。',
    other: '不详 {{n}} 人', unknownBirth: '另有 {{n}} 人未记录出生日期或性别', of: '版本 {{n}}',
  },
  find: {
    title: '找人', lead: '姓名、拼音首字母、身份证号、电话，或任意末几位',
    placeholder: '例如 王秀英 · wxy · 身份证末四位', label: '查找居民', hint: '↑ ↓ 选择，回车打开',
    none: '没有找到“{{q}}”', noneHelp: '换一种写法：只写姓、拼音首字母，或证件、电话的末几位。', found: '找到 {{n}} 人', more: '至少 {{n}} 人，请写得更具体', start: '写下要找的人',
    startHelp: '支持姓名、拼音首字母、身份证号、电话号码及其末几位。', recent: '最近打开', forget: '清除',
  },
  person: {
    male: '男', female: '女', other: '其他', unknown: '性别未记录', years: '{{n}} 岁', yearsMonths: '{{n}} 岁 {{m}} 个月', months: '{{n}} 个月', monthsDays: '{{n}} 个月 {{m}} 天', days: '{{n}} 天',
    died: '已故', diedAt: '{{day}} 去世', ageUnknown: '年龄未记录', nameUnknown: '姓名未记录', number: '身份证号', address: '住址', phone: '电话', born: '出生',
    blood: '血型', contract: '签约机构', doctor: '家庭医生',
  },
  record: {
    views: '档案的各部分',
    tabs: { summary: '概要', timeline: '时间线', trends: '趋势', medicines: '用药' },
    allergy: '过敏', allergyNone: '已询问，无已知过敏', allergyUnknown: '过敏史未记录', severe: '高风险', chronic: '慢性病', chronicNone: '没有慢性病记录', raw: '原始数据',
    opened: '{{n}} 条记录 · {{ms}} 毫秒打开', latest: '最近一次记录', ago: { today: '今天', days: '{{n}} 天前', months: '{{n}} 个月前', years: '{{n}} 年前', future: '日期在将来' },
    problems: '健康问题', resolved: '已好转 {{n}} 项', since: '{{day}} 起', times: '{{n}} 次', noProblems: '没有诊断记录', noneActive: '没有未愈的诊断',
    vitals: '生命体征', results: '检验结果', outsideFirst: '异常在前', noVitals: '没有体征记录', noResults: '没有检验记录', range: '参考 {{text}}', rangeUnknown: '未给参考范围',
    vaccines: '预防接种', noVaccines: '没有接种记录', dose: '第 {{n}} 剂', doses: '{{n}} 剂', recent: '最近就诊', noVisits: '没有就诊记录', all: '全部', allergies: '过敏与不良反应',
    age: '{{n}} 岁', life: '一生', lifeNote: '每个点是一次记录；点开看时间线', showMore: '再显示 {{n}} 项', collapse: '收起',
  },
  flag: { high: '偏高', low: '偏低', abnormal: '异常', within: '在参考范围内', unknown: '无法判断' },
  intake: { taking: '在用', runOut: '供应已到期', ended: '已结束', unclear: '时长未记录' },
  medicine: {
    current: '当前用药', none: '没有用药记录', noneCurrent: '没有在用的处方', title: '用药时间图', note: '横条是处方的供应时段；虚点是没有写明时长的处方', until: '供应至 {{day}}', last: '末次开立 {{day}}', noDosage: '用法未记录', requests: '{{n}} 张处方', today: '今天', stopped: '既往用药',
  },
  timeline: {
    kinds: { visit: '就诊', diagnosis: '诊断', vital: '体征', result: '检验', medicine: '用药', procedure: '操作', immunisation: '接种', plan: '计划' },
    zoomIn: '放大', zoomOut: '缩小', whole: '全部', year: '近一年', fiveYears: '近五年', months: '近三月', institution: '机构', anyInstitution: '全部机构', outsideOnly: '只看异常', kindsLabel: '类别',
    shown: '{{n}} 条', ofAll: '共 {{n}} 条', none: '这段时间里没有符合条件的记录', noneHelp: '放宽时间或筛选条件。', clear: '清除筛选', hint: '拖动平移，双指或 Ctrl+滚轮缩放，点圆点看内容',
    plot: '{{from}} 至 {{to}} 的时间线，{{n}} 条记录；左右键平移，加减键缩放', brush: '年份总览：拖动选择时段', unknownInstitution: '机构未记录', outside: '{{of}} 项中 {{n}} 项异常', allWithin: '{{of}} 项', vitals: '体征测量', visit: '就诊', result: '结果', report: '报告', plan: '计划',
    ambulatory: '门诊', inpatient: '住院', emergency: '急诊', home: '上门', virtual: '线上',
  },
  trends: {
    title: '趋势', choose: '选择指标', note: '色带为该次报告的参考范围；圆点空心为超出', none: '没有可画成趋势的数值', range: '参考范围', points: '{{n}} 次', single: '只有一次测量', window: '时段', pick: '请选择至少一个指标', last: '末次', max: '最多同时显示 {{n}} 项', groupVital: '体征', groupResult: '检验',
  },
  keeping: keepingZh,
  raw: { title: '原始 FHIR 数据', copy: '复制', copied: '已复制', failed: '复制失败', download: '下载 JSON', count: '{{n}} 个资源', close: '关闭', cut: '此处显示前 {{n}} 个资源；下载可得全部' },
};

export type Words = typeof zh;
