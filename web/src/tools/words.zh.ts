// The tools; words.en.ts has the same keys.
export const toolsZh = {
  title: '工具', lead: '给信息人员与开发人员：看懂数据、查出错误',
  list: {
    fhirpath: { title: '表达式试验台', lead: '在一份资源上试 FHIRPath 表达式，看每一步得到什么' },
    validate: { title: '校验', lead: '检查一份资源是否合乎 FHIR 与所选规范，错在哪一行' },
    terminology: { title: '术语', lead: '查代码与名称：中文、拼音首字母、代码都可以' },
  },
  goThere: '到那里', copyLink: '复制链接', copied: '已复制链接', notCopied: '复制失败', tooLong: '内容太长，放不进链接；请先存为资源', linkNote: '链接里带有粘贴的内容，请勿用于真实居民的数据',
  resource: {
    title: '资源', json: '资源的 JSON', tidy: '排版', address: '从档案中取', addressHint: 'Patient/编号，或 Observation?patient=编号', fetch: '取来', recent: '最近打开的居民', ofWhom: '这位居民的哪类记录', sample: '示例',
    unreadable: '第 {{line}} 行第 {{column}} 列读不懂：', long: '这份资源很长，改动时会慢一些。',
    expected: { value: '这里应是一个值：文字加双引号，数字、true、false、null 不加。', comma: '这里应是逗号，或右括号。', colon: '名称后面应是冒号。', name: '这里应是加双引号的名称；最后一项后面不要逗号。', quote: '这段文字没有正确结束：查看引号、换行与反斜线。', end: '资源到前面已经结束，这里不应再有内容。', shallower: '嵌套太深。' },
  },
  validate: {
    title: '校验', lead: '粘贴一份资源，或从档案中取来，看它是否合乎 FHIR 与所选规范；错在哪里，点一下就到', against: '对照什么', profilesHelp: '总是对照 FHIR R4 与资源自己声明的规范；另可选：', otherProfile: '其他规范的地址', add: '加上', mode: '用途', modes: { any: '一般', create: '将要新建', update: '将要更新' },
    waiting: '请粘贴资源的 JSON，或从档案中取', unreadable: '先改正 JSON 本身的错误', noType: '缺少 resourceType，不知道是哪种资源', checking: '正在校验…', found: '校验结果', good: '没有发现问题', goodHelp: '合乎 FHIR R4 与所选规范。', counts: { error: '{{n}} 个错误', warning: '{{n}} 个警告', information: '{{n}} 条提示' }, severities: { error: '错误', warning: '警告', information: '提示' }, only: '只看哪一种', place: '第 {{line}} 行第 {{column}} 列', more: '另有 {{n}} 条',
  },
  terminology: {
    title: '术语', lead: '先选代码系统或值集，再查：中文、拼音首字母、代码都可以', sources: '代码系统与值集', filter: '按名称查找，或写下地址', kinds: { CodeSystem: '代码系统', ValueSet: '值集' }, some: '{{n}} 个', firstOf: '只列出前 {{n}} 个，共 {{all}} 个', choose: '请选一个代码系统或值集', search: '查找代码', searchHint: '例如 高血压 · gxy · I10', none: '没有找到', showMore: '再显示一些', inactive: '已停用',
    parents: '上级', noParents: '没有上级', children: '下级', noChildren: '没有下级', names: '其他名称', properties: '属性', maps: '对应到其他系统', noMaps: '没有登记对应关系', compare: '与另一个代码的关系', compareDo: '比较', outcomes: { equivalent: '{{a}} 与 {{b}} 相同', subsumes: '{{a}} 包含 {{b}}', 'subsumed-by': '{{a}} 属于 {{b}}', 'not-subsumed': '{{a}} 与 {{b}} 互不包含' },
    equivalences: { equal: '相同', equivalent: '等价', relatedto: '相关', wider: '对方较宽', narrower: '对方较窄', subsumes: '对方包含', specializes: '对方是其下位', inexact: '部分重合', unmatched: '没有对应', disjoint: '互不相交' },
  },
  fhirpath: {
    title: '表达式试验台', lead: '写 FHIRPath 表达式，边写边求值；每一步得到什么都看得见', expression: '表达式', examples: '例子', strict: '严格模式', strictHelp: '按类型检查：写错的元素名、用错的类型都算错误', keys: 'Ctrl+Enter 重新求值', waiting: '写下表达式，并给出资源',
    names: { pressure: '最近一次血压', allergies: '有效的过敏', phones: '电话号码', adult: '是否满 18 岁', high: '收缩压 ≥ 140 的次数', identifiers: '证件与号码' },
    results: '结果', none: '结果为空', noneHelp: '没有一项符合。看下面的步骤，从哪一步起变成 0 项。', count: '{{n}} 项', type: '按类型应得 {{type}}', traces: 'trace() 所见', traceOf: '{{name}}：{{n}} 项', objection: '严格模式会指出：', showMore: '再显示 {{n}} 项',
    steps: '步骤', stepsHelp: '从左到右、从上到下；括号里、运算符右边的内容缩进在下面。点一步，可在表达式中看到它。', notReached: '没有求值', times: '求值 {{n}} 次', forItem: '第 {{n}} 项', more: '另有 {{n}} 项', moreTimes: '另有 {{n}} 次', leftOut: '步骤太多，另有 {{n}} 步没有列出。', argument: '第 {{n}} 个参数', of: '对 {{place}}',
    kinds: { member: '取元素', call: '函数', index: '取第几项', operator: '运算', constant: '常量', variable: '变量', self: '当前项', type: '类型' },
    faults: {
      at: '第 {{line}} 行第 {{column}} 列',
      'fhirpath-syntax': '写法不对。查看标出的地方：括号、引号是否成对，点与逗号是否多余；文字用单引号。', 'fhirpath-semantic': '按类型看不可能成立：查看元素名与函数名的拼写、参数的个数与类型。关闭严格模式可先求值。', 'fhirpath-execution': '求值到这里停下。常见原因：这里有多项而只应一项（加 first() 或 where()），或两边的值不能比较或计算。',
    },
  },
};
