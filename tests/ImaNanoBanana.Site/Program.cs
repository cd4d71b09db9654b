// Prepares and checks the documentation site for docs/site/build.sh, and writes the lists of llms.txt.
using ImaNanoBanana.Site;

if (args is not (["llms", _] or ["stage" or "finish", _, _]))
{
    Console.Error.WriteLine("Usage: dotnet run --project tests/ImaNanoBanana.Site -- COMMAND REPOSITORY [FOLDER]");
    Console.Error.WriteLine("  llms    writes the lists of llms.txt anew, from docs/index.md");
    Console.Error.WriteLine("  stage   writes what docfx reads into FOLDER");
    Console.Error.WriteLine("  finish  adds the texts for agents to the built site in FOLDER, and checks all of its links");
    return 2;
}

var root = Path.GetFullPath(args[1]);
var tree = new SourceTree(root);
var staging = new Staging(tree);
switch (args[0])
{
    case "llms":
        File.WriteAllText(tree.Full(SourceTree.AgentPage), staging.AgentPage());
        return 0;
    case "stage":
        staging.Stage(args[2]);
        return 0;
    default:
        staging.AddTexts(args[2]);
        var (pages, links, problems) = new BuiltSite(args[2]).Check(root);
        Console.Write(string.Concat(problems.Select(problem => problem + Environment.NewLine)));
        Console.WriteLine($"{pages} pages, {links} links checked, {problems.Count} broken");
        return problems.Count == 0 && pages > 0 ? 0 : 1;
}
