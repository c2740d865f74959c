import { callsOf, isCertain } from '../commands.ts';
import { at, type Rule } from '../rule.ts';
import { usedStages } from '../view.ts';

/** Commands that change the tables of a database. */
const MIGRATES =
  /^(?:python[\d.]* (?:\S*\/)?manage\.py migrate|(?:npx )?prisma (?:migrate deploy|db push)|alembic upgrade|flask db upgrade|(?:bundle exec )?(?:rails|rake) db:(?:migrate|setup|create)|php artisan migrate|(?:npx )?(?:sequelize|sequelize-cli|knex|typeorm) (?:db:migrate|migrate:latest|migration:run))\b/;

export const migrationInBuild: Rule = {
  id: 'migration-in-build',
  concern: 'build',
  severity: 'warning',
  aliases: [],
  message: ({ command = '' }) =>
    `${command} changes a database while the image is built: there is none, or one that stays in the image.`,
  advice: () => 'Run it when the container starts, or as a job of its own before.',
  find: (view) => {
    const used = usedStages(view);
    return view.stages
      .filter(({ stage }) => used.has(stage.index))
      .flatMap((stage) =>
        stage.steps.flatMap((step) => {
          for (const call of callsOf(step)) {
            const command = MIGRATES.exec([call.program, ...call.operands].join(' '))?.[0];
            if (command !== undefined && isCertain(call)) return [{ ...at(step.instruction), args: { command } }];
          }
          return [];
        }),
      );
  },
};
