/** Classes that break the rules of the house, each in one way: the rules must find them. */
@NullMarked
package io.agentstation.architecture.broken;

import org.jspecify.annotations.NullMarked;
