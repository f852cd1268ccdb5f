/** Golden tests of the manifests. */
@NullMarked
package io.agentstation.provisioner.objects;

import org.jspecify.annotations.NullMarked;
