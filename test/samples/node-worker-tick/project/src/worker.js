const { CronJob } = require('cron');

CronJob.from({ cronTime: '* * * * * *', onTick: () => console.log('tick'), start: true });
