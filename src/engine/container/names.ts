// Container names: which are allowed, and the ones that Docker draws (moby pkg/namesgenerator, Apache-2.0 word list).

import { draw } from '../../base/random.ts'
import { type Engine, randomOf } from '../engine.ts'
import { EngineError } from '../error.ts'

const allowed = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

/** Throws EngineError for a name that Docker refuses, and for one that is in use. */
export function checkName(engine: Engine, name: string): void {
  if (!allowed.test(name))
    throw new EngineError(
      'invalid',
      `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    )
  const owner = engine.containersByName.get(name.replace(/^\//, ''))
  if (owner)
    throw new EngineError(
      'conflict',
      `Conflict. The container name "/${name.replace(/^\//, '')}" is already in use by container "${owner.id}". ` +
        'You have to remove (or rename) that container to be able to reuse that name.',
    )
}

/** A free name: adjective_surname, with a digit behind after a collision, at last the short id. */
export function drawName(engine: Engine, id: string): string {
  const random = randomOf(engine)
  for (let tries = 0; tries < 6; tries++) {
    const adjective = adjectives[draw(random, 'container-name', 0, adjectives.length - 1)] ?? ''
    const surname = surnames[draw(random, 'container-name', 0, surnames.length - 1)] ?? ''
    if (adjective === 'boring' && surname === 'wozniak') continue
    const digit = tries === 0 ? '' : String(draw(random, 'container-name', 0, 9))
    const name = `${adjective}_${surname}${digit}`
    if (!engine.containersByName.has(name)) return name
  }
  return id.slice(0, 12)
}

/** Whether `name` is one that Docker may draw. */
export function mayBeDrawn(name: string): boolean {
  const [, adjective = '', surname = ''] = /^([a-z]+)_([a-z]+)\d?$/.exec(name) ?? []
  return adjectives.includes(adjective) && surnames.includes(surname)
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const adjectives = words(`
  admiring adoring affectionate agitated amazing angry awesome beautiful blissful bold boring brave busy charming
  clever compassionate competent condescending confident cool cranky crazy dazzling determined distracted dreamy
  eager ecstatic elastic elated elegant eloquent epic exciting fervent festive flamboyant focused friendly frosty
  funny gallant gifted goofy gracious great happy hardcore heuristic hopeful hungry infallible inspiring intelligent
  interesting jolly jovial keen kind laughing loving lucid magical modest musing mystifying naughty nervous nice
  nifty nostalgic objective optimistic peaceful pedantic pensive practical priceless quirky quizzical recursing
  relaxed reverent romantic sad serene sharp silly sleepy stoic strange stupefied suspicious sweet tender thirsty
  trusting unruffled upbeat vibrant vigilant vigorous wizardly wonderful xenodochial youthful zealous zen`)

const surnames = words(`
  agnesi albattani allen almeida antonelli archimedes ardinghelli aryabhata austin babbage banach banzai bardeen
  bartik bassi beaver bell benz bhabha bhaskara black blackburn blackwell bohr booth borg bose bouman boyd
  brahmagupta brattain brown buck burnell cannon carson cartwright carver cerf chandrasekhar chaplygin chatelet
  chatterjee chaum chebyshev clarke cohen colden cori cray curie curran darwin davinci dewdney dhawan diffie
  dijkstra dirac driscoll dubinsky easley edison einstein elbakyan elgamal elion ellis engelbart euclid euler
  faraday feistel fermat fermi feynman franklin gagarin galileo galois ganguly gates gauss germain goldberg
  goldstine goldwasser golick goodall gould greider grothendieck haibt hamilton haslett hawking heisenberg hellman
  hermann herschel hertz heyrovsky hodgkin hofstadter hoover hopper hugle hypatia ishizaka jackson jang jemison
  jennings jepsen johnson joliot jones kalam kapitsa kare keldysh keller kepler khayyam khorana kilby kirch knuth
  kowalevski lalande lamarr lamport leakey leavitt lederberg lehmann lewin lichterman liskov lovelace lumiere
  mahavira margulis matsumoto maxwell mayer mccarthy mcclintock mclaren mclean mcnulty meitner mendel mendeleev
  meninsky merkle mestorf mirzakhani montalcini moore morse moser murdock napier nash neumann newton nightingale
  nobel noether northcutt noyce panini pare pascal pasteur payne perlman pike poincare poitras proskuriakova ptolemy
  raman ramanujan rhodes ride riemann ritchie robinson roentgen rosalind rubin saha sammet sanderson satoshi shamir
  shannon shaw shirley shockley shtern sinoussi snyder solomon spence stonebraker sutherland swanson swartz swirles
  taussig tesla tharp thompson torvalds tu turing varahamihira vaughan villani visvesvaraya volhard wescoff
  wilbur wiles williams williamson wilson wing wozniak wright wu yalow yonath zhukovsky`)
