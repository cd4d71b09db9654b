namespace ImaNanoBanana.Tests.Analyzers;

/// <summary>IMA0003: a client is created again and again.</summary>
public sealed class ClientForEachCallAnalyzerTests
{
    private const string New = "new ImaImageClient(options)";

    public static TheoryData<string, bool> Bodies => new()
    {
        { $"using var client = {New};", false },
        { $"services.AddSingleton<IImaImageClient>(_ => {New});", false },
        { $"services.AddTransient<IImaImageClient>(_ => {New});", true },
        { $"services.AddScoped<IImaImageClient>(_ => {{ return {New}; }});", true },
        { $"services.AddKeyedScoped<IImaImageClient>(\"a\", (_, _) => {New});", true },
        { $"while (true) {{ using var client = {New}; }}", true },
        { $"foreach (var text in new[] {{ \"a\" }}) {{ using var client = {New}; }}", true },
        { $"foreach (var text in new object[] {{ {New} }}) {{ }}", false },
        { $"for (var i = 0; i < 2; i++) {{ Func<ImaImageClient> create = () => {New}; }}", false },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Client_for_each_call_is_found(string body, bool isFound)
    {
        var findings = await AnalyzedCode.FindAsync(
            $"    static void Run(IServiceCollection services, ImaNanoBananaOptions options)\n    {{ {body} }}");

        Assert.Equal(isFound ? [$"IMA0003 {New}"] : [], findings);
    }
}
