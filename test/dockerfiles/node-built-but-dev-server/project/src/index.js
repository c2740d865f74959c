document.title = 'built when it is asked for';
