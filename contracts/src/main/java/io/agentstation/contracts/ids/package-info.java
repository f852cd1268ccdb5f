/** Identifiers, each a type of its own, with their one textual form. */
@NullMarked
package io.agentstation.contracts.ids;

import org.jspecify.annotations.NullMarked;
