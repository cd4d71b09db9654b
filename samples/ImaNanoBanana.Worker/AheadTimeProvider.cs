using Microsoft.Extensions.Configuration;

namespace ImaNanoBanana.Worker;

/// <summary>The clock of a machine whose time is wrong, for tests: it is ahead by the setting <c>Worker:ClockAhead</c>.</summary>
internal sealed class AheadTimeProvider(TimeSpan by) : TimeProvider
{
    private const string Setting = $"{WorkerSettings.Section}:ClockAhead";

    public static TimeProvider Create(IConfiguration configuration) => new AheadTimeProvider(configuration.GetValue<TimeSpan>(Setting));

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
