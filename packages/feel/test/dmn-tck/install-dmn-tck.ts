import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where the crates with the cases were unpacked. */
export interface DmnTck {
  /** Folder of the models: `3_1100.dmn`. */
  readonly models: string;
  /** Folder of what is expected of them: `dmn_3_1100.rs`. */
  readonly expectations: string;
}

const version = '0.3.0';
const folder = fileURLToPath(new URL('../../../../node_modules/.cache/dmn-tck/', import.meta.url));

const manifest = `[package]
name = "dmn-tck"
version = "0.0.0"
edition = "2021"
[lib]
path = "lib.rs"
[workspace]
[dependencies]
dsntk-examples = "=${version}"
dsntk-model-evaluator = "=${version}"
`;

/**
 * The DMN TCK is in no package of its own. Decision Toolkit, an evaluator written in Rust, has its models of
 * compliance level 3 in one crate and what they give as tests in another; cargo fetches both.
 * @throws {Error} there is no cargo, or the registry cannot be reached.
 */
export async function installDmnTck(): Promise<DmnTck> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'Cargo.toml'), manifest);
  await writeFile(join(folder, 'lib.rs'), '');
  const { stdout } = await promisify(execFile)(
    'cargo',
    ['metadata', '--format-version', '1', '--manifest-path', join(folder, 'Cargo.toml')],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { packages }: { packages: { name: string; manifest_path: string }[] } = JSON.parse(stdout);
  const pathOf = (name: string): string => {
    const found = packages.find((one) => one.name === name);
    if (found === undefined) throw new Error(`cargo did not fetch ${name}`);
    return dirname(found.manifest_path);
  };
  return {
    models: join(pathOf('dsntk-examples'), 'src/compatibility/level_3'),
    expectations: join(pathOf('dsntk-model-evaluator'), 'src/tests/compatibility/level_3'),
  };
}
