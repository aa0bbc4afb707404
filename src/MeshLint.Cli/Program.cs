Console.WriteLine("meshlint");
return 0;
