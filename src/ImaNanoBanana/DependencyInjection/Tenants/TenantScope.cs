using System.Collections;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The scope of a tenant's log events, with the value <c>TenantId</c>.</summary>
internal sealed class TenantScope(string tenantId) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Name = "TenantId";

    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0
        ? new KeyValuePair<string, object?>(Name, tenantId)
        : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{Name}: {tenantId}";
}
