document.querySelector('#app').textContent = `Dashboard at ${location.pathname}`;
