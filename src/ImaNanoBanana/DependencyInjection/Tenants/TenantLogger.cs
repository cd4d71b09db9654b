using ImaNanoBanana.Masking;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>Writes the log events of a tenant in a scope that names the tenant. Thread-safe.</summary>
internal sealed class TenantLogger(ILogger inner, string tenantId) : ILogger
{
    private readonly TenantScope _scope = new(UntrustedText.Line(tenantId) ?? "");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        using (inner.BeginScope(_scope))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
