import type { CompiledExpression, FeelResult } from '@bpmn-connectors/feel';
import type { JwtRules } from './jwt-authentication.ts';

/** The part of the rules that is about roles. */
export type RoleCheck = Pick<JwtRules, 'isPermitted' | 'warnings'>;

/**
 * Compares the roles that the expression finds among the claims with the required ones.
 * @param mode whether one suffices or all are needed. @default 'any'
 */
export function createRoleCheck(
  expression: CompiledExpression | undefined,
  required: readonly string[],
  mode: 'any' | 'all' | undefined,
): RoleCheck {
  if (expression === undefined) return { warnings: [] };
  if (required.length === 0) {
    return { warnings: ['Roles are read but none is required: set the required roles'] };
  }
  const warnings =
    required.length > 1 && mode === undefined
      ? [
          'Any of the required roles suffices: set inbound.auth.jwt.requiredPermissionsMode to any or all',
        ]
      : [];
  return {
    warnings,
    isPermitted: (claims) => {
      const held = heldRoles(expression, claims);
      const holds = (role: string): boolean => held.includes(role);
      return mode === 'all' ? required.every(holds) : required.some(holds);
    },
  };
}

/** One text counts as a list of one, as in Camunda. What is no role, or cannot be evaluated, permits nothing. */
function heldRoles(
  expression: CompiledExpression,
  claims: Readonly<Record<string, unknown>>,
): readonly FeelResult[] {
  try {
    const roles = expression.evaluate(claims);
    return Array.isArray(roles) ? roles : [roles];
  } catch {
    return [];
  }
}
