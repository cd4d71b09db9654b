using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Start;

/// <summary>
/// What <c>ima models</c> is compared with: a .NET program that does nothing, and a script that requests the same lists.
/// </summary>
internal static class ComparedPrograms
{
    private static readonly string Folder = Path.Combine(Repository.Artifacts, "start", "sources");

    private const string Script = """
        import os
        import HTTP

        for category in ("text_to_image", "image_to_image"):
            url = os.environ["IMA_SIMULATOR"] + "open/v1/product/list?app=ima&platform=web&category=" + category
            headers = {"Authorization": "Bearer key-of-the-benchmarks", "x-app-source": "ima_skills", "x_app_language": "en", "User-Agent": "script"}
            for leaf in READ["data"]:
                prices = ", ".join(rule["attributes"]["size"] + " " + str(rule["points"]) for rule in leaf["credit_rules"])
                print(leaf["name"], leaf["model_id"], leaf["id"], category, prices)

        """;

    /// <returns>The folder of a project to which this repository's build rules do not apply.</returns>
    public static string EmptyConsole()
    {
        var folder = Path.Combine(Folder, "empty");
        Write(Path.Combine(folder, "Directory.Build.props"), "<Project />\n");
        Write(Path.Combine(folder, "Directory.Packages.props"), "<Project />\n");
        Write(Path.Combine(folder, "Program.cs"), "return 0;\n");
        Write(
            Path.Combine(folder, "empty.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
            </Project>

            """);
        return folder;
    }

    /// <returns>The interpreter itself, the script and the library it uses; null if there is no interpreter.</returns>
    public static async Task<(string Python, string Script, string Library)?> ScriptAsync()
    {
        // The name may lead to a script that searches for the interpreter first.
        if (await OutputAsync("python3", "-c", "import sys; print(sys.executable)") is not { Length: > 0 } python)
        {
            return null;
        }

        var library = await OutputAsync(python, "-c", "import requests; print('requests')") is "requests" ? "requests" : "urllib";
        var text = library == "requests"
            ? Script.Replace("HTTP", "requests", StringComparison.Ordinal)
                .Replace("READ", "requests.get(url, headers=headers, timeout=30).json()", StringComparison.Ordinal)
            : Script.Replace("HTTP", "json, urllib.request", StringComparison.Ordinal)
                .Replace(
                    "READ",
                    "json.load(urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30))",
                    StringComparison.Ordinal);
        var script = Path.Combine(Folder, "models.py");
        Write(script, text);
        return (python, script, library);
    }

    private static async Task<string?> OutputAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await error;
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
