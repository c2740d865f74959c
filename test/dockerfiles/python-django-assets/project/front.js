console.log('front end');
