import { describe, expect, test } from 'vitest';
import { commandOf, dockerfileOf } from './support.ts';

const PACKAGE = { 'tool/__init__.py': '', 'tool/cli.py': 'def main():\n    print(1)\n' };

describe('setup.py', () => {
  test('names console scripts in a list or in a text', () => {
    const list =
      "setup(name='my-tool', entry_points={'console_scripts': ['my-tool = tool.cli:main']}, zip_safe=False)\n";
    expect(commandOf({ ...PACKAGE, 'setup.py': list })).toEqual(['my-tool']);
    const text = "setup(entry_points='''\n    [console_scripts]\n    other=tool.cli:main\n''', x='a=b:c')\n";
    expect(commandOf({ ...PACKAGE, 'setup.py': text })).toEqual(['other']);
  });

  test('of several scripts means the one that is called like the project', () => {
    const two = "setup(name='two', entry_points={'console_scripts': ['one=tool.cli:main', 'two=tool.cli:main']})\n";
    expect(commandOf({ ...PACKAGE, 'setup.py': two })).toEqual(['two']);
  });

  test('is installed for its script, with the variable that stands for git', () => {
    const scm =
      "setup(name='t', use_scm_version=True, install_requires=['click'], entry_points={'console_scripts': ['t=tool.cli:main']})\n";
    const text = dockerfileOf({ ...PACKAGE, 'setup.py': scm });
    expect(text).toContain('SETUPTOOLS_SCM_PRETEND_VERSION=0.0.0 pip');
    expect(text).not.toContain('PBR_VERSION');
    expect(text).toContain('CMD ["t"]');
  });
});

describe('setup.cfg', () => {
  test('names console scripts', () => {
    const config =
      '[metadata]\nname = t\n[options.entry_points]\nconsole_scripts =\n    t = tool.cli:main\n[x]\ny = a:b\n';
    expect(commandOf({ ...PACKAGE, 'setup.cfg': config, 'setup.py': 'setup()\n' })).toEqual(['t']);
  });
});

describe('a settings file of PasteDeploy', () => {
  test('names the application, whose package is installed for it', () => {
    const files = {
      'setup.py': "requires = ['pyramid', 'waitress']\nsetup(name='shop', install_requires=requires)\n",
      'shop/__init__.py': 'def main(global_config, **settings):\n    return config.make_wsgi_app()\n',
      'production.ini': '[app:main]\nuse = egg:shop\n[server:main]\nuse = egg:waitress#main\nlisten = *:6543\n',
    };
    expect(commandOf(files)).toEqual(['gunicorn', '--bind', '0.0.0.0:6543', '--paste', 'production.ini']);
    expect(dockerfileOf(files)).toContain('install --no-deps --prefix /opt/venv --root /out .');
  });
});
