import type { ImageChoices, Language } from '../languages/language.ts';
import type { ImageChoice } from '../model/image.ts';
import type { Choice, Question } from '../model/question.ts';
import type { ServiceFacts } from '../model/service.ts';

/** Every question about one service, in the order in which they are put. The images of the plan follow from the answers. */
export function questionsAbout(language: Language, facts: ServiceFacts, images: ImageChoices): readonly Question[] {
  return [
    imageQuestion('build-image', 'Build image', images.build, facts),
    imageQuestion('runtime-image', 'Runtime image', images.runtime, facts),
    ...(facts.kind === 'worker' ? [] : [portQuestion(facts)]),
    ...(facts.kind === 'static' ? [] : [commandQuestion(facts)]),
    ...(facts.kind === 'web' ? [healthQuestion(facts)] : []),
    ...language.questions(facts),
  ];
}

function imageQuestion(id: string, message: string, choices: readonly ImageChoice[], facts: ServiceFacts): Question {
  return {
    id,
    message,
    choices: choices.map((choice, index) => toChoice(choice, index === 0)),
    allowsOther: true,
    recommended: choices[0]?.reference ?? null,
    from: [facts.version.from],
    open: true,
    format: 'image',
  };
}

function toChoice({ reference, image, why, end }: ImageChoice, isRecommended: boolean): Choice {
  const traits = [
    isRecommended ? 'recommended' : null,
    image.megabytes === null ? null : `${image.megabytes} MB`,
    image.libc === 'none' ? null : image.libc,
    image.shell ? 'shell' : 'no shell',
    `user ${image.uid}`,
    end === null ? null : `fixes until ${end.slice(0, 7)}`,
  ];
  return {
    value: reference,
    label: reference,
    hint: `${traits.filter((trait) => trait !== null).join(' · ')}. ${why}`,
  };
}

/** Most platforms expect it where a program leaves the choice to them. */
const USUAL_PORT = '8080';

function portQuestion(facts: ServiceFacts): Question {
  return {
    id: 'port',
    message: 'Port that the service listens on',
    recommended: facts.port ? String(facts.port.value) : USUAL_PORT,
    from: facts.port ? [facts.port.from] : [],
    open: true,
    format: 'port',
  };
}

function commandQuestion(facts: ServiceFacts): Question {
  return {
    id: 'command',
    message: 'Command that starts the service',
    recommended: facts.command ? JSON.stringify(facts.command.value) : null,
    from: facts.command ? [facts.command.from] : [],
    open: facts.command === null,
    format: 'command',
  };
}

function healthQuestion(facts: ServiceFacts): Question {
  return {
    id: 'health-path',
    message: 'Path that answers when the service is well',
    recommended: facts.healthPath?.value ?? '/',
    from: facts.healthPath ? [facts.healthPath.from] : [],
    open: false,
    format: 'path',
  };
}
