namespace ImaNanoBanana.Client;

/// <summary>
/// Checks what an <see cref="IImaImageClient"/> returns that is not the SDK's own. A substitute in a test returns nothing from a member
/// that the test has not set up, and the error must name that member.
/// </summary>
internal static class ClientAnswer
{
    /// <param name="answer">What the member returned.</param>
    /// <param name="member">The member of the interface.</param>
    /// <param name="caller">The method that called it.</param>
    /// <exception cref="InvalidOperationException">The member returned nothing.</exception>
    public static async Task<T> RequiredAsync<T>(Task<T?>? answer, string member, string caller)
        where T : class =>
        (answer is null ? null : await answer.ConfigureAwait(false)) ?? throw Missing("returned nothing", member, caller);

    /// <inheritdoc cref="RequiredAsync"/>
    public static IAsyncEnumerable<T> Required<T>(IAsyncEnumerable<T>? answer, string member, string caller) =>
        answer ?? throw Missing("returned no stream", member, caller);

    /// <summary>Creates the error for a stream that ends too early.</summary>
    public static InvalidOperationException WithoutResult(string member, string caller) =>
        Missing("returned a stream that ended without a result and without an error", member, caller);

    private static InvalidOperationException Missing(string what, string member, string caller) =>
        new($"IImaImageClient.{member}, which {caller} calls, {what}. In a test with a substitute for the client, set up {member}.");
}
