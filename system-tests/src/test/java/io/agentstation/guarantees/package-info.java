/** The product's guarantees, by name, shown on whole stations in processes of their own. */
@NullMarked
package io.agentstation.guarantees;

import org.jspecify.annotations.NullMarked;
