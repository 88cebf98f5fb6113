package io.fizeau.core.tck;

import io.fizeau.core.registry.Transports;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The kit for the transport that {@link KitRunner} put into the launcher's session. */
@ExtendWith(SpecConformance.TargetResolver.class)
final class SpecConformance extends TransportConformance {
    /** Which transport, and where it is found. */
    record Target(Transports transports, String spec, Duration patience) {}

    private final Target target;

    SpecConformance(final Target target) {
        this.target = target;
    }

    @Override
    protected String spec() {
        return target.spec;
    }

    @Override
    protected Transports transports() {
        return target.transports;
    }

    @Override
    protected Duration patience() {
        return target.patience;
    }

    /** Finds the target in the session. */
    static final class TargetResolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(final ParameterContext parameter, final ExtensionContext context) {
            return parameter.getParameter().getType() == Target.class;
        }

        @Override
        public Object resolveParameter(final ParameterContext parameter, final ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(KitRunner.STORE))
                    .computeIfAbsent(
                            Target.class,
                            key -> {
                                throw new IllegalStateException("run by KitRunner only");
                            },
                            Target.class);
        }
    }
}
